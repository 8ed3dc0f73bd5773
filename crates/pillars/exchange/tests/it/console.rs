//! The console of one of two linked nodes, with an officer signed in.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use desk::local::{Account, Role};
use desk::pages::{App, Site};
use exchange::ingest::Intaker;
use exchange::search::Search;
use formats::json::Limits;
use http::Request;
use http::header::COOKIE;
use model::Tlp;
use tower::ServiceExt as _;

use crate::pair::Node;

/// Pages and API.
pub struct Console {
    router: axum::Router,
    pub search: Arc<Search>,
    cookie: String,
}

impl Console {
    pub fn open(node: &Node) -> Self {
        let search = Search::open(&node.desk).expect("an index");
        let app = App::new(Arc::clone(&node.desk), Site::default());
        let intaker = Arc::new(Intaker::new(Arc::clone(&node.desk), Limits::default()));
        let pages = exchange::pages::routes(app.clone(), Arc::clone(&search), intaker);
        let router = pages.fallback_service(desk::pages::router(app));
        let account = Account { name: "duty".into(), role: Role::Officer, clearance: Tlp::Red };
        node.desk.local.set_account(&account, "correct horse battery").expect("an account");
        let token = node.desk.local.open_session("duty", desk::edge::now()).expect("a session");
        let cookie = format!("entente={token}");
        Self { router, search, cookie }
    }

    pub async fn get(&self, path: &str) -> String {
        let request = Request::get(path).header(COOKIE, &self.cookie).body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        String::from_utf8(bytes.to_vec()).expect("text")
    }
}
