//! REST and gRPC say the same, field by field: every answer of gRPC is turned into JSON by its own
//! description and must be what REST says, whole. A field that one of them lacks is a difference.

use prost_reflect::{DescriptorPool, DynamicMessage, SerializeOptions};
use serde_json::{Map, Value, json};
use tonic_reflection::pb::v1 as reflection;

use crate::grpc::http;
use crate::home::{Home, index};
use crate::node::{ADDRESS, Fake, Node};
use crate::server::Server;
use muster_indexer::follow::Shared;
use muster_indexer::serve::grpc::pb;
use muster_indexer::serve::grpc::pb::cause_service_client::CauseServiceClient;
use muster_indexer::serve::grpc::pb::pledge_service_client::PledgeServiceClient;
use muster_indexer::serve::grpc::pb::status_service_client::StatusServiceClient;

/// The description that the server itself gives.
async fn descriptors(server: &Server) -> DescriptorPool {
    use reflection::server_reflection_request::MessageRequest;
    use reflection::server_reflection_response::MessageResponse;
    let origin = server.base.parse().unwrap();
    let mut client =
        reflection::server_reflection_client::ServerReflectionClient::with_origin(http(), origin);
    let mut files = vec![];
    for file in ["view", "cause", "pledge", "status"] {
        let name = format!("muster/v1/{file}.proto");
        let ask = reflection::ServerReflectionRequest {
            host: String::new(),
            message_request: Some(MessageRequest::FileByFilename(name)),
        };
        let asked = tokio_stream::once(ask);
        let answers = client.server_reflection_info(asked).await.unwrap();
        let answer = answers.into_inner().message().await.unwrap().unwrap();
        let Some(MessageResponse::FileDescriptorResponse(found)) = answer.message_response else {
            panic!("{file}: {answer:?}");
        };
        files.extend(found.file_descriptor_proto);
    }
    let mut pool = DescriptorPool::new();
    for file in files {
        let file: prost_types::FileDescriptorProto = prost::Message::decode(&*file).unwrap();
        if pool.get_file_by_name(file.name()).is_none() {
            pool.add_file_descriptor_proto(file).unwrap();
        }
    }
    pool
}

/// A message of gRPC as JSON in the words of REST.
fn in_rest(pool: &DescriptorPool, name: &str, message: &impl prost::Message) -> Value {
    let descriptor = pool.get_message_by_name(&format!("muster.v1.{name}"));
    let bytes = message.encode_to_vec();
    let message = DynamicMessage::decode(descriptor.unwrap(), &*bytes).unwrap();
    let options = SerializeOptions::new()
        .use_proto_field_name(true)
        .skip_default_fields(false)
        .stringify_64_bit_integers(false);
    let json = message
        .serialize_with_options(serde_json::value::Serializer, &options)
        .unwrap();
    words(json).unwrap_or(Value::Null)
}

/// Enum values become REST's words, unspecified ones and empty messages nothing; what REST writes
/// flat is written flat.
fn words(json: Value) -> Option<Value> {
    const PREFIXES: [&str; 20] = [
        "TRANCHE_STATE_",
        "RELEASE_",
        "VOTE_KIND_",
        "CHALLENGE_STATUS_",
        "ELECTORATE_",
        "JUDGED_BY_",
        "ANSWER_",
        "PLEDGE_STATUS_",
        "FORFEITS_TO_KIND_",
        "FULFILMENT_KIND_",
        "SCHEDULE_KIND_",
        "CANCEL_RULE_",
        "RELATION_KIND_",
        "FUND_MOVE_KIND_",
        "KEY_TYPE_",
        "REGISTERED_",
        "STAKE_RULE_",
        "OUTCOME_",
        "PHASE_",
        "UNIT_",
    ];
    Some(match json {
        Value::Null => return None,
        Value::String(s) => match PREFIXES.iter().find_map(|p| s.strip_prefix(p)) {
            Some("UNSPECIFIED") => return None,
            Some(word) => word.to_lowercase().into(),
            None => s.into(),
        },
        Value::Array(list) => list.into_iter().filter_map(words).collect(),
        Value::Object(map) => {
            let map = map.into_iter();
            let mut map: Map<String, Value> =
                map.filter_map(|(k, v)| Some((k, words(v)?))).collect();
            if map.contains_key("fulfilment") {
                flatten(&mut map);
            }
            Value::Object(map)
        }
        other => other,
    })
}

/// An action: stake, fulfilment and destination of forfeits.
fn flatten(action: &mut Map<String, Value>) {
    let stake = action.remove("stake");
    let rule = stake.as_ref().map(|s| s["rule"] == "required");
    action.insert("stake_required".into(), rule.unwrap_or(false).into());
    if let Some(stake) = stake {
        action.insert("stake".into(), stake["coin"].clone());
    }
    let fulfilment = action.remove("fulfilment").unwrap();
    for (key, name) in [
        ("kind", "fulfilment"),
        ("attestors", "attestors"),
        ("quorum", "quorum"),
    ] {
        action.insert(name.into(), fulfilment[key].clone());
    }
    if let Some(to) = action.remove("forfeits_to") {
        action.insert("forfeits_to".into(), to["kind"].clone());
        if to["address"] != "" {
            action.insert("forfeits_address".into(), to["address"].clone());
        }
    }
}

/// REST's null is gRPC's absence, and of a list its emptiness.
fn without_nulls(json: Value) -> Value {
    match json {
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        Value::Object(map) => {
            let full = map.into_iter().filter_map(|(key, value)| {
                let value = match value {
                    Value::Null if key == "claimable" => json!([]),
                    Value::Null => return None,
                    value => without_nulls(value),
                };
                Some((key, value))
            });
            Value::Object(full.collect())
        }
        other => other,
    }
}

/// Where REST writes a thing beside the view, gRPC wraps it.
fn unwrapped(mut answer: Value, key: &str) -> Value {
    let inner = answer.as_object_mut().unwrap().remove(key).unwrap();
    for (key, value) in inner.as_object().unwrap() {
        answer[key] = value.clone();
    }
    answer
}

#[tokio::test]
async fn rest_and_grpc_say_the_same_of_every_field() {
    let home = Home::new("parity");
    let node = Node::start(Fake::everything()).await;
    let db = home.db("a");
    let mut fields = 0;
    // Open, acting, reporting, settled and claimed.
    for until in [5, 9, 11, 14, 20] {
        index(&node, &db, until).await.unwrap();
        let shared = std::sync::Arc::new(Shared::new(["umust".into(), "ueuro".into()]));
        let server = Server::start(&db, shared).await;
        let pool = descriptors(&server).await;
        let origin = || server.base.parse().unwrap();
        let mut causes = CauseServiceClient::with_origin(http(), origin());
        let mut pledges = PledgeServiceClient::with_origin(http(), origin());
        let mut status = StatusServiceClient::with_origin(http(), origin());

        let list = causes.list_causes(pb::ListCausesRequest::default()).await;
        let list = in_rest(&pool, "ListCausesResponse", list.unwrap().get_ref());
        let cause = ADDRESS.to_owned();
        let mut ones = vec![];
        // Of every kind and schedule; a bundle of what others judge; deposits behind a vote.
        for id in [2, 3, 5] {
            let ask = pb::GetCauseRequest { id, min_height: 0 };
            let one = causes.get_cause(ask).await.unwrap();
            let one = in_rest(&pool, "GetCauseResponse", one.get_ref());
            ones.push((format!("/v1/causes/{id}"), unwrapped(one, "cause")));
        }
        let ask = pb::ListPledgesRequest {
            cause: 1,
            page_size: 3,
            ..Default::default()
        };
        let page = pledges.list_pledges(ask).await.unwrap();
        let page = in_rest(&pool, "ListPledgesResponse", page.get_ref());
        let ask = pb::GetPersonRequest {
            address: cause,
            min_height: 0,
        };
        let person = pledges.get_person(ask).await.unwrap();
        let person = in_rest(&pool, "GetPersonResponse", person.get_ref());
        let stands = status.get_status(pb::GetStatusRequest {}).await.unwrap();
        let stands = in_rest(&pool, "GetStatusResponse", stands.get_ref());
        let mut stands = unwrapped(stands, "status");
        stands.as_object_mut().unwrap().remove("view"); // REST's status is itself one

        for (path, grpc) in [
            ("/v1/causes".to_owned(), list),
            ("/v1/causes/1/pledges?page_size=3".to_owned(), page),
            (format!("/v1/people/{ADDRESS}"), unwrapped(person, "person")),
            ("/v1/status".to_owned(), stands),
        ]
        .into_iter()
        .chain(ones)
        {
            let rest = without_nulls(server.get(&path).await.0);
            assert_eq!(rest, grpc, "{path} at {until}");
            fields += rest.as_object().unwrap().len();
        }
    }
    assert!(fields > 100, "{fields}");
}
