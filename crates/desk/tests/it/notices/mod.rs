//! Notices through the front door: in the console, by mail, by webhook; when, to whom, and with which words.

mod bell;
mod house;
mod kept;
mod mail;
mod post_office;
mod saved;
mod webhook;
mod wishes;
