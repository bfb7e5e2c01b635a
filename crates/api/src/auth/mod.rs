//! Who asks: passwords, tokens, cookies, sessions, and whether a browser was sent by another site.

mod authenticated;
mod cookie;
mod guesses;
mod known_browser;
mod password;
mod password_queue;
mod remembered;
mod same_site;
mod sessions;
mod sign_in;
mod token;

pub use authenticated::{Authenticated, InSession};
pub use cookie::SessionCookie;
pub use guesses::{Guesser, limited};
pub use known_browser::KnownBrowsers;
pub use password::Passwords;
pub use same_site::SameSite;
pub use sessions::{Sessions, SignedIn};
pub use sign_in::{Credentials, begin_session, prove, sign_in};
pub use token::{Claims, Tokens};
