//! The command line as its users meet it: the real binary, whole outputs, real files and sockets.

mod support;

mod audit_file;
mod bucket;
mod checkpoints;
mod clients;
mod clock_jumps;
mod copies;
mod copies_of_old;
mod crash;
mod database_files;
mod demo;
mod drill;
mod elsewhere;
mod erasure;
mod first_run;
mod layering;
mod limits;
mod log;
mod lost_answers;
mod many_servers;
mod moving;
mod one_winner;
mod replacing;
mod settings;
mod verify;
mod web_app;
