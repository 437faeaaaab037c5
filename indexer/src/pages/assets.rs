//! What `web/build.mjs` made, inside the binary. Names carry a hash of the content, so a browser
//! may keep them for ever.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rust_embed::RustEmbed;

use crate::serve::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../web/dist/"]
struct Dist;

static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let found = Dist::get("manifest.json").map(|f| f.data);
    serde_json::from_slice(&found.unwrap_or(Cow::Borrowed(b"{}"))).unwrap_or_default()
});

/// The address of an asset by its plain name, such as `app.js`.
pub(super) fn address(name: &str) -> String {
    let file = MANIFEST.get(name).map_or(name, String::as_str);
    format!("/assets/{file}")
}

pub(super) async fn asset(Path(file): Path<String>) -> Response {
    let kind = match file.rsplit_once('.').map(|(_, end)| end) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        // The manifest and source maps are nobody's business.
        _ => return Problem::not_found("there is no such asset").into_response(),
    };
    Dist::get(&file).map_or_else(
        || Problem::not_found("there is no such asset").into_response(),
        |found| {
            let keep = "public, max-age=31536000, immutable";
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)];
            (headers, found.data.into_owned()).into_response()
        },
    )
}

/// Browsers ask for it unasked.
pub(super) async fn favicon() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_island_and_the_style_are_inside() {
        for name in ["app.js", "app.css"] {
            let at = address(name);
            assert_ne!(
                at,
                format!("/assets/{name}"),
                "no hash in the name of {name}"
            );
            let file = at.strip_prefix("/assets/").unwrap();
            assert!(Dist::get(file).is_some_and(|f| !f.data.is_empty()), "{at}");
        }
    }
}
