//! CometBFT's messages under a header. An empty one is no bytes at all, as in its own encoding.

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct Consensus {
    #[prost(uint64, tag = "1")]
    pub(in crate::chain) block: u64,
    #[prost(uint64, tag = "2")]
    pub(in crate::chain) app: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct StringValue {
    #[prost(string, tag = "1")]
    pub(in crate::chain) value: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct Int64Value {
    #[prost(int64, tag = "1")]
    pub(in crate::chain) value: i64,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct BytesValue {
    #[prost(bytes = "vec", tag = "1")]
    pub(in crate::chain) value: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct Timestamp {
    #[prost(int64, tag = "1")]
    pub(in crate::chain) seconds: i64,
    #[prost(int32, tag = "2")]
    pub(in crate::chain) nanos: i32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct PartSetHeader {
    #[prost(uint32, tag = "1")]
    pub(in crate::chain) total: u32,
    #[prost(bytes = "vec", tag = "2")]
    pub(in crate::chain) hash: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(in crate::chain) struct BlockId {
    #[prost(bytes = "vec", tag = "1")]
    pub(in crate::chain) hash: Vec<u8>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::chain) part_set_header: Option<PartSetHeader>,
}
