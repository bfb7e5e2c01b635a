//! The router behind the gateway, made when the first event comes: before the first poll there is nothing to wait for.

use std::sync::Arc;

use aws_config::SdkConfig;
use axum::Router;
use tokio::sync::{Mutex, OnceCell};
use vibesheets_api::{
    ApiSettings, ApiState, Function, Mount, SecurityHeaders, SetupCode, functions, router_of,
    transfers::Transfers,
};
use vibesheets_core::store::Store;
use vibesheets_store_dynamodb::DynamoDbStore;

use crate::{
    Gateway, aws,
    config::{Config, SessionKey},
    keys::{KeyError, Keys, SessionKeys},
    system::{SystemRandom, SystemTime},
    transfers::S3Transfers,
};

/// Why events cannot be answered now. It may pass, and the next event tries again.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No store.
    #[error("the store cannot be opened: {0}")]
    Store(String),
}

/// What answers requests, and what it is made of.
pub struct Program {
    config: Config,
    parts: OnceCell<Parts>,
    /// The router, and the keys that it was made with.
    router: Mutex<Option<(Keys, Router)>>,
}

/// What is made once and lasts.
struct Parts {
    store: Arc<dyn Store>,
    keys: SessionKeys,
    transfers: Option<Arc<dyn Transfers>>,
}

impl Program {
    /// For a configuration. Does nothing yet.
    pub fn new(config: Config) -> Self {
        Self { config, parts: OnceCell::new(), router: Mutex::new(None) }
    }

    /// The way in and out.
    pub fn gateway(&self) -> Gateway {
        Gateway {
            base_path: self.config.base_path.clone(),
            headers: SecurityHeaders::new(self.config.public_url.is_https()),
            trusted_proxies: self.config.trusted_proxies.clone(),
        }
    }

    /// The router; made anew where a key was rotated.
    ///
    /// # Errors
    /// [`StartError`], for the log.
    pub async fn router(&self) -> Result<Router, StartError> {
        let parts = self.parts.get_or_try_init(|| Parts::make(&self.config)).await?;
        let keys = parts.keys.current().await?;
        let mut kept = self.router.lock().await;
        if let Some((of, router)) = &*kept
            && *of == keys
        {
            return Ok(router.clone());
        }
        let router = self.config.router(parts, keys.clone());
        *kept = Some((keys, router.clone()));
        Ok(router)
    }
}

impl Parts {
    async fn make(config: &Config) -> Result<Self, StartError> {
        let http = aws::http();
        let store =
            DynamoDbStore::connect_through(Some(http.clone()), &config.store, Arc::new(SystemRandom)).await;
        let store = store.map_err(|error| StartError::Store(error.to_string()))?;
        let needs_aws =
            config.transfer_bucket.is_some() || matches!(config.session_key, SessionKey::SecretsManager(_));
        let shared = if needs_aws { Some(aws::shared(http).await) } else { None };
        let secrets = |shared: &SdkConfig| aws_sdk_secretsmanager::Client::new(shared);
        let transfers = shared.as_ref().zip(config.transfer_bucket.clone());
        Ok(Self {
            store: Arc::new(store),
            keys: SessionKeys::new(
                config.session_key.clone(),
                config.checkpoint_key.clone(),
                shared.as_ref().map(secrets),
            ),
            transfers: transfers.map(|(shared, bucket)| {
                let transfers: Arc<dyn Transfers> = Arc::new(S3Transfers::new(aws::s3(shared), bucket));
                transfers
            }),
        })
    }
}

impl Config {
    fn router(&self, parts: &Parts, keys: Keys) -> Router {
        let Keys { session: secret, checkpoint } = keys;
        let settings = ApiSettings {
            environment: self.environment,
            // Whatever the address is called, a function is reached from elsewhere. docs/LAMBDA.md says how to tell the code.
            setup_code: Some(SetupCode::of(&secret)),
            public_url: self.public_url.clone(),
            sign_up: self.sign_up,
            secret,
            demo: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let (store, transfers) = (Arc::clone(&parts.store), parts.transfers.clone());
        let state = ApiState::with_transfers(
            store,
            Arc::new(SystemTime),
            Arc::new(SystemRandom),
            settings,
            transfers,
        );
        if let Some(key) = checkpoint {
            state.sign_checkpoints_with(key);
        }
        // The app's own host has the API under `/api`, a host of the API's own has it at the root; both lead here.
        let at_root = router_of(self.functions(), state.clone(), Mount::Root);
        router_of(self.functions(), state, Mount::Api).fallback_service(at_root)
    }

    fn functions(&self) -> Vec<Function> {
        let is_ours = |function: &Function| self.function.as_ref().is_none_or(|name| name == function.name);
        functions().into_iter().filter(is_ours).collect()
    }
}
