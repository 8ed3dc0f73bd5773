//! What is refused is said in the language of whoever fills in the form, with the labels of the page; programs read English.

use desk::local::Role;
use http::StatusCode;
use notify::commands::open_incident::open_incident;
use notify::ransom::{read_list, shelf};
use records::determination::Outcome;
use serde_json::json;

use crate::room::{Person, Room};

impl Person {
    /// The same person with this language chosen.
    fn reading(&self, language: &str) -> Self {
        Self { cookie: format!("{}; lang={language}", self.cookie), ..self.clone() }
    }

    /// Fills in a form in French and in English: each page refuses, and says so in its language and not in the other.
    async fn is_refused(&self, path: &str, form: &[(&str, &str)], french: &str, english: &str) {
        let (status, page) = self.reading("fr").post(path, form).await;
        assert!(status.is_client_error(), "{status} {path} {form:?}");
        assert!(page.contains(french) && !page.contains(english), "{path} {form:?} in French: {page}");
        let (_, page) = self.reading("en").post(path, form).await;
        assert!(page.contains(english) && !page.contains(french), "{path} {form:?} in English: {page}");
    }
}

#[tokio::test]
async fn an_officer_reads_in_their_language_why_a_statement_is_refused() {
    let room = Room::new();
    let officer = room.account("a.berg", Role::Officer);
    let open = [("title", ""), ("exercise", "")];
    officer.is_refused("/notify/incidents/open", &open, "À indiquer : le titre", "title is missing").await;

    let id = open_incident(&room.desk, "Outage in the north", false, "A. Berg").expect("opened");
    room.state(id, "tz", json!("Europe/Brussels")).expect("stated");
    room.state(id, "occurred", json!("2026-10-01T08:00:00Z")).expect("stated");
    room.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    // What was stated can be corrected, each at its own field.
    room.state(id, "loss_eur", json!(10)).expect("stated");
    room.state(id, "B08", json!("EUR")).expect("stated");
    let intake = |field: &str| format!("/notify/incidents/{id}/intake?edit={field}");
    let stated = |field: &'static str, typed: &'static str| {
        let box_name: &'static str = match field {
            "aware" => "f-aware",
            "loss_eur" => "f-loss_eur",
            _ => "f-B08",
        };
        [("k", field), (box_name, typed)]
    };
    for (field, typed, french, english) in [
        ("aware", "hier soir", "« hier soir » n’est pas un instant", "is no instant"),
        ("aware", "2090-01-01T00:00", "se situe dans l’avenir", "lies in the future"),
        ("aware", "2020-01-01T00:00", "Se situe avant « ", "Lies before “"),
        ("loss_eur", "beaucoup", "Écrivez un nombre", "Write a number"),
        ("B08", "écus", "Aucune monnaie n’a le code « écus »", "No currency has the code"),
    ] {
        officer.is_refused(&intake(field), &stated(field, typed), french, english).await;
    }
    let (_, page) = officer.reading("fr").post(&intake("aware"), &stated("aware", "2020-01-01T00:00")).await;
    assert!(!page.contains("`occurred`") && !page.contains("Se situe avant « occurred »"), "by its label");

    let decided = |at: &'static str| {
        [
            ("question", "significant"),
            ("outcome", "yes"),
            ("at", at),
            ("by", "A. Berg"),
            ("rationale", "deux"),
        ]
    };
    let decide = format!("/notify/incidents/{id}/decide");
    let later = decided("2090-01-01T00:00");
    officer.is_refused(&decide, &later, "se situe dans l’avenir", "lies in the future").await;
    let unknown = [("question", "weather"), ("outcome", "yes"), ("by", "A. Berg"), ("rationale", "deux")];
    officer.is_refused(&decide, &unknown, "Aucune question ne s’appelle", "No question is called").await;

    let file = format!("/notify/incidents/{id}/stages/nis2.ew/file");
    let sent = [("at", "2090-01-01T00:00"), ("channel", "portal"), ("reference", ""), ("evidence", "")];
    officer.is_refused(&file, &sent, "se situe dans l’avenir", "lies in the future").await;
    assert_eq!(room.case(id).statements.len(), 5, "nothing of all this was kept");
}

#[tokio::test]
async fn each_bar_before_a_ransom_is_said_in_the_language_of_who_would_pay() {
    let room = Room::new();
    let officer = room.account("a.berg", Role::Officer);
    let id = open_incident(&room.desk, "Files are locked", false, "A. Berg").expect("opened");
    let decide = format!("/notify/incidents/{id}/decide");
    let pay = [("question", "pay_ransom"), ("outcome", "yes"), ("by", "a.berg"), ("rationale", "il le faut")];
    officer.is_refused(&decide, &pay, "si le payeur est un organisme public", "whether the payer is").await;
    room.state(id, "R11", json!(true)).expect("stated");
    officer.is_refused(&decide, &pay, "ne devraient pas payer", "should not pay").await;
    room.state(id, "R11", json!(false)).expect("stated");
    officer.is_refused(&decide, &pay, "Aucune liste de sanctions n’a été", "No sanctions list was").await;
    let (_, page) = officer.reading("fr").post(&decide, &pay).await;
    let command = "<code lang=\"en\" translate=\"no\">entente notify ransom screen</code>";
    assert!(page.contains(command), "a command stays as it is, and is marked as such: {page}");

    let list = "<sdnList><publshInformation><Publish_Date>11/20/2026</Publish_Date></publshInformation><sdnEntry><uid>7</uid>\
                <lastName>GREY WOLF</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>";
    shelf::keep(&room.desk.folder, &read_list(list).expect("a list")).expect("kept");
    let screen = format!("/notify/incidents/{id}/ransom/screen");
    let nobody = [("list", "ofac-sdn"), ("subjects", "")];
    officer.is_refused(&screen, &nobody, "ersonne n’est recherché", "obody is looked for").await;
    let absent = [("list", "eu-consolidated"), ("subjects", "Wolf")];
    officer.is_refused(&screen, &absent, "n’a été importée", "was brought in").await;
    let look = [("list", "ofac-sdn"), ("subjects", "Grey Wolf")];
    assert_eq!(officer.post(&screen, &look).await.0, StatusCode::SEE_OTHER);
    officer.is_refused(&decide, &pay, "figure sur une liste de sanctions", "is on a sanctions list").await;
    let (_, page) = officer.reading("fr").get(&format!("/notify/incidents/{id}/ransom"), "fr").await;
    assert!(
        page.contains("GREY WOLF (7) figure sur une liste de sanctions"),
        "the page of the ransom: {page}"
    );
    assert!(!page.contains("sanctions_cleared</code>"), "the question has a name");
}

#[tokio::test]
async fn pledges_are_refused_at_their_fields_in_the_language_of_the_page() {
    let room = Room::new();
    let officer = room.account("b.noel", Role::Policy);
    let pledged = |body: &'static str, country: &'static str, since: &'static str| {
        [
            ("body", body),
            ("country", country),
            ("joined", "yes"),
            ("since", since),
            ("statement", "déclaration"),
        ]
    };
    for (form, french, english) in [
        (pledged("", "FR", "2023-11-01"), "À indiquer : l’organisme", "The body is missing"),
        (pledged("ANSSI", "France", "2023-11-01"), "N’est pas un État", "Is no State"),
        (pledged("ANSSI", "FR", "hier"), "N’est pas un jour", "Is no day"),
        (pledged("ANSSI", "FR", "2999-01-01"), "pas encore venue", "has not come yet"),
    ] {
        officer.is_refused("/notify/pledges", &form, french, english).await;
    }
}

#[tokio::test]
async fn what_a_file_says_wrongly_is_found_in_the_language_of_the_page_and_in_english_for_programs() {
    let room = Room::new();
    let officer = room.account("a.berg", Role::Officer);
    let table = "field,value\nweather,rain\naware,2090-01-01T00:00:00Z\n,orphan\nB01,Grid of the North\n";
    let form = [("document", table), ("format", "csv")];
    let (_, page) = officer.reading("fr").post("/notify/incidents/import", &form).await;
    for found in
        ["Aucun fait et aucun champ ne s’appelle « weather »", "dans l’avenir", "Aucun champ ; nommez"]
    {
        assert!(page.contains(found), "{found}: {page}");
    }
    assert!(page.contains("Ligne 2") && !page.contains("line 2") && !page.contains("lies in the future"));
    let (_, page) = officer.reading("en").post("/notify/incidents/import", &form).await;
    assert!(page.contains("Line 2") && page.contains("lies in the future") && !page.contains("l’avenir"));
    for (format, document, french, english) in [
        ("json", "{\"aware\": ", "Ce n’est pas du JSON", "Not JSON"),
        ("json", "[1]", "Ce n’est pas un objet", "Not an object"),
        ("csv", "a,b\n", "Il manque les colonnes", "No columns"),
        ("misp", "{}", "exportez un événement", "export one event"),
        ("stix", "{\"objects\": []}", "0 incidents dans l’ensemble", "0 incidents in the bundle"),
    ] {
        let form = [("document", document), ("format", format)];
        let (_, page) = officer.reading("fr").post("/notify/incidents/import", &form).await;
        assert!(page.contains(french) && !page.contains(english), "{document}: {page}");
    }
    let told = json!({ "format": "csv", "document": "field,value\nweather,rain\n" });
    let (_, answer) = officer.reading("fr").tell("/api/v1/notify/incidents/import", told).await;
    assert!(
        answer.to_string().contains("no fact and no field is called"),
        "a program reads English: {answer}"
    );
}

#[tokio::test]
async fn an_authority_reads_in_its_language_why_a_step_is_refused() {
    let room = Room::named("anssi", model::Side::Eu);
    let officer = room.account("b.noel", Role::Officer);
    let cause = |name: &'static str, expected: &'static str| {
        [("cause", name), ("title", "Une faille"), ("text", ""), ("expected", expected)]
    };
    let causes = "/notify/causes";
    let spaced = cause("a cause", "");
    officer.is_refused(causes, &spaced, "Écrivez un nom court", "Write a short name").await;
    let stateless = cause("cve-1", "Barrage; Belgique");
    officer
        .is_refused(causes, &stateless, "Ligne 1, État : n’est pas un État", "Line 1, State: is no State")
        .await;
}
