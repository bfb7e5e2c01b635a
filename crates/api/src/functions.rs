//! Which endpoints belong together: each function can be mounted alone, as one Lambda function. A test holds that
//! each operation is in exactly one.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ApiState, routes};

/// Endpoints that are mounted together.
pub struct Function {
    /// The name of the Lambda function.
    pub name: &'static str,
    /// Whether they watch their own progress instead of ending after ten seconds.
    pub watches_own_progress: bool,
    /// The endpoints and their documentation, without a mount.
    pub router: OpenApiRouter<ApiState>,
}

impl Function {
    fn new(name: &'static str, router: OpenApiRouter<ApiState>) -> Self {
        Self { name, watches_own_progress: false, router }
    }
}

/// Every function.
pub fn functions() -> Vec<Function> {
    vec![
        health(),
        auth_config(),
        auth(),
        clock_in_out(),
        clock_status(),
        get_timesheets(),
        update_timesheet(),
        export_timesheet(),
        reports(),
        projects(),
        members(),
        erase_member(),
        import_timesheet(),
    ]
}

fn health() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::health::show::show))
        .routes(routes!(routes::health::live::live))
        .routes(routes!(routes::health::ready::ready));
    Function::new("health", router)
}

fn auth_config() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::auth::configuration::show))
        .routes(routes!(routes::description::show::show));
    Function::new("auth-config", router)
}

fn auth() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::auth::sign_up::sign_up))
        .routes(routes!(routes::auth::invitation::show))
        .routes(routes!(routes::auth::log_in::log_in))
        .routes(routes!(routes::auth::log_out::log_out))
        .routes(routes!(routes::auth::token::create))
        .routes(routes!(routes::sessions::list::list))
        .routes(routes!(routes::sessions::end::end))
        .routes(routes!(routes::me::show::show, routes::me::edit::edit))
        .routes(routes!(routes::me::password::change));
    Function::new("auth", router)
}

fn clock_in_out() -> Function {
    Function::new("clock-in-out", OpenApiRouter::default().routes(routes!(routes::clock::press::press)))
}

fn clock_status() -> Function {
    Function::new("clock-status", OpenApiRouter::default().routes(routes!(routes::status::show::show)))
}

fn get_timesheets() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::timesheets::list::list))
        .routes(routes!(routes::timesheets::show::show))
        .routes(routes!(routes::timesheets::history::show))
        .routes(routes!(routes::checkpoint::show::show));
    Function::new("get-timesheets", router)
}

fn update_timesheet() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::timesheets::create::create))
        .routes(routes!(routes::timesheets::edit::edit, routes::timesheets::delete::delete))
        .routes(routes!(routes::timesheets::restore::restore));
    Function::new("update-timesheet", router)
}

fn export_timesheet() -> Function {
    let router = OpenApiRouter::default().routes(routes!(routes::export::download::download));
    Function { watches_own_progress: true, ..Function::new("export-timesheet", router) }
}

fn reports() -> Function {
    Function::new("reports", OpenApiRouter::default().routes(routes!(routes::reports::show::show)))
}

fn projects() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::projects::list::list, routes::projects::create::create))
        .routes(routes!(routes::projects::show::show, routes::projects::edit::edit))
        .routes(routes!(routes::clients::list::list, routes::clients::create::create))
        .routes(routes!(routes::clients::show::show, routes::clients::edit::edit))
        .routes(routes!(routes::tags::list::list, routes::tags::create::create))
        .routes(routes!(routes::tags::show::show, routes::tags::edit::edit));
    Function::new("projects", router)
}

fn members() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::members::list::list, routes::members::create::create))
        .routes(routes!(routes::members::show::show, routes::members::edit::edit))
        .routes(routes!(routes::members::invite::invite))
        .routes(routes!(routes::organisation::show::show, routes::organisation::edit::edit));
    Function::new("members", router)
}

/// Alone, since it takes time and sign-ins out of the store, record by record.
fn erase_member() -> Function {
    let router = OpenApiRouter::default().routes(routes!(routes::members::erase::erase));
    Function { watches_own_progress: true, ..Function::new("erase-member", router) }
}

fn import_timesheet() -> Function {
    let router = OpenApiRouter::default()
        .routes(routes!(routes::import::upload::upload))
        .routes(routes!(routes::import::link::offer))
        .routes(routes!(routes::imports::list::list))
        .routes(routes!(routes::imports::undo::undo));
    Function { watches_own_progress: true, ..Function::new("import-timesheet", router) }
}
