//! REST, gRPC and streams over the reader.
