//! From a configuration to answers, and to the end.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use serde_json::json;
use tokio::{runtime, task::JoinHandle};
use vibesheets_api::{ApiSettings, ApiState, DemoSignIn, Mount, PublicUrl, SecurityHeaders, SetupCode};
use vibesheets_core::{checkpoint::Signer, store::Store};
use vibesheets_store_sqlite::Options;

use super::{
    checkpoints, connections, copies::Copies, listen, logging, session_key::session_key, setup_code,
    shutdown::Shutdown, upkeep, web_app,
};
use crate::{
    checkpoints::signing_key as checkpoint_signing_key,
    config::{Config, Source, public_url_of},
    failure::{Exit, Failure},
    output,
    store::{self, OpenStore},
    system::{SystemRandom, SystemTime},
};

/// Serves the configured store until told to end.
///
/// # Errors
/// [`Failure`] that says why it could not begin.
pub fn serve(config: &Config, json: bool) -> Result<(), Failure> {
    let _log = logging::begin(config.log_format.value);
    serve_store(config, json, "", None)
}

/// Opens the configured store and serves it until told to end; `words` are printed below the address, and `demo` is told to
/// whoever asks.
///
/// # Errors
/// [`Failure`] that says why it could not begin.
pub fn serve_store(
    config: &Config,
    json: bool,
    words: &str,
    demo: Option<DemoSignIn>,
) -> Result<(), Failure> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    runtime.block_on(async {
        let options = Options { mirror: config.mirror_options(), ..Options::default() };
        let store = store::open_with(&config.store, &options).await?;
        until_told_to_end(config, store, json, words, demo).await
    })
}

async fn until_told_to_end(
    config: &Config,
    store: OpenStore,
    json: bool,
    words: &str,
    demo: Option<DemoSignIn>,
) -> Result<(), Failure> {
    let mut shutdown = Shutdown::listen().map_err(Failure::internal)?;
    let listener = listen::listen(config.listen.value).await?;
    let address = listener.local_addr().map_err(Failure::internal)?;
    let settings = ApiSettings { demo, ..settings(config, address)? };
    let ready = Ready {
        url: settings.public_url.clone(),
        address,
        setup_code: settings.setup_code.clone(),
        empty: store.shared().is_empty().await.map_err(|error| Failure::new(Exit::Store, error))?,
    };
    let trusted = config.trusted_proxies.value.clone();
    let key = checkpoint_signing_key(config)?.map(|key| Arc::new(key) as Arc<dyn Signer>);
    let beside = Beside::begin(config, &store, key.clone()).await?;
    let router = router(store.shared(), settings, key, beside.copies.as_ref());
    output::print(&ready.told(json, words))?;
    // A server that can only read looks well to whoever would start it again.
    let outcome = tokio::select! {
        () = connections::answer(listener, router, trusted, &mut shutdown) => Ok(()),
        () = store.writer_ended() => Err(Failure::internal(
            "the store's writer ended by a defect; what was answered is safe, start vibesheets again",
        )),
    };
    beside.end().await;
    if outcome.is_ok() {
        tracing::info!("ended as told");
    }
    outcome
}

/// What runs beside the answering.
struct Beside {
    upkeep: Option<JoinHandle<()>>,
    checkpoints: Option<JoinHandle<()>>,
    copies: Option<Copies>,
}

impl Beside {
    async fn begin(
        config: &Config,
        store: &OpenStore,
        key: Option<Arc<dyn Signer>>,
    ) -> Result<Self, Failure> {
        match store {
            OpenStore::Sqlite(sqlite) => Ok(Self {
                upkeep: Some(tokio::spawn(upkeep::upkeep(Arc::clone(sqlite)))),
                checkpoints: key.map(|key| {
                    tokio::spawn(checkpoints::keep_checkpoints(
                        store.shared(),
                        store.id(),
                        key,
                        config.copies_places(),
                    ))
                }),
                copies: Some(Copies::begin(config, sqlite).await?),
            }),
            // Forgets by itself, and is kept in several places by itself. Its organisations can only be found by a scan, which
            // is for one scheduled `vibesheets checkpoint take` and not for each of many servers.
            OpenStore::DynamoDb(_) => Ok(Self { upkeep: None, checkpoints: None, copies: None }),
        }
    }

    async fn end(self) {
        for task in [self.upkeep, self.checkpoints].into_iter().flatten() {
            task.abort();
        }
        if let Some(copies) = self.copies {
            copies.end().await;
        }
    }
}

fn settings(config: &Config, address: SocketAddr) -> Result<ApiSettings, Failure> {
    // Port 0 means any; only now is it known which.
    let public_url = match (&config.public_url.source, public_url_of(address)) {
        (Source::Default, Some(url)) => url,
        _ => config.public_url.value.clone(),
    };
    Ok(ApiSettings {
        environment: config.environment.value,
        setup_code: setup_code::setup_code(address, &public_url, &SystemRandom),
        public_url,
        sign_up: config.sign_up.value,
        secret: session_key(config)?,
        demo: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn router(
    store: Arc<dyn Store>,
    settings: ApiSettings,
    key: Option<Arc<dyn Signer>>,
    copies: Option<&Copies>,
) -> Router {
    let security = SecurityHeaders::new(settings.public_url.is_https());
    let state = ApiState::new(store, Arc::new(SystemTime), Arc::new(SystemRandom), settings);
    if let Some(key) = key {
        state.sign_checkpoints_with(key);
    }
    if let Some(copies) = copies {
        state.tell_of_copies(copies.health());
    }
    let api = vibesheets_api::router(state, Mount::Api);
    web_app::beside(api, security)
}

/// What people are told once the server answers.
struct Ready {
    url: PublicUrl,
    address: SocketAddr,
    setup_code: Option<SetupCode>,
    empty: bool,
}

impl Ready {
    fn told(&self, json: bool, words: &str) -> String {
        let code = self.setup_code.as_ref().filter(|_| self.empty).map(|code| code.0.as_str());
        if json {
            let ready = json!({ "url": self.url.origin(), "address": self.address, "setup_code": code });
            return format!("{ready}\n");
        }
        let mut text = format!("VibeSheets is ready at {}\n{words}", self.url);
        match code {
            Some(code) => {
                text.push_str(&format!("Nobody signed up yet. The first sign-up needs this code: {code}\n"))
            }
            None if self.empty => text.push_str("Nobody signed up yet: open it in a browser to set it up.\n"),
            None => {}
        }
        text
    }
}
