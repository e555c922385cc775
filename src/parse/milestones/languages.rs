//! The same small timeline in every built-in language.

use crate::{
    config::Config,
    model::Origin,
    parse::{Context, locale::Lexicon, parse},
    source::SourceFile,
};

/// The milestones that lines at 09:00, 09:12, 09:20 and 09:40 tell.
fn told(lines: [&str; 4]) -> String {
    let config = Config::default();
    let entries = ["09:00", "09:12", "09:20", "09:40"].into_iter().zip(lines);
    let timeline = entries.map(|(at, line)| format!("- {at} {line}")).collect::<Vec<_>>().join("\n");
    let source = SourceFile::new("2026-03-14-search.md", format!("# Search\n\n## Timeline\n\n{timeline}"));
    let postmortem = parse(&source, &Context::new(&config, std::slice::from_ref(&source))).postmortem;
    let inferred = postmortem.times.iter().filter(|(_, fact)| fact.origin == Origin::Inferred);
    let told = inferred.map(|(milestone, fact)| {
        format!("{} {}", milestone.key(), fact.value.clock.unwrap().format("%H:%M"))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_language_tells_when_it_began_was_noticed_and_was_over() {
    for lines in [
        [
            "Inicio de errores",
            "Un cliente reporta que no puede buscar",
            "Identificamos la causa",
            "Servicio restablecido",
        ],
        ["O serviço caiu", "Alerta disparado", "Investigação da causa", "O serviço voltou ao normal"],
        ["Le service ne répond plus", "Une alerte se déclenche", "Nous investiguons", "Incident résolu"],
        ["Der Dienst ist nicht erreichbar", "Kunden melden Fehler", "Ursache eingegrenzt", "Störung behoben"],
        ["Storing begint", "Klanten melden fouten", "Onderzoek naar de oorzaak", "Storing verholpen"],
        ["Felet uppstår", "Kunder rapporterar det", "Felsökning", "Felet åtgärdat"],
        ["Fejlen opstår", "Kunder rapporterer den", "Fejlsøgning", "Fejlen er rettet"],
        ["搜索服务不可用", "监控告警", "排查原因", "服务恢复正常"],
        ["검색 오류 발생", "알림으로 감지", "원인 조사", "서비스 복구 완료"],
        ["Сервис недоступен", "Сработал алерт", "Откатили релиз", "Проблема решена"],
    ] {
        assert_eq!(told(lines), "started 09:00, detected 09:12, resolved 09:40", "{}", lines[0]);
    }
}

#[test]
fn what_users_feel_no_longer_is_mitigated() {
    for (line, is_told) in [
        ("Impact mitigated by rolling back", true),
        ("Mitigation applied to all hosts", true),
        ("User impact ends", true),
        ("Se mitigó: incidente mitigado", true),
        ("Impacto do incidente mitigado", true),
        ("L'impact est terminé", true),
        ("影响已消除", true),
        ("Partially mitigated", false),
        ("The issue is not mitigated yet", false),
        ("Mitigation started", false),
        ("Waiting for the mitigation", false),
    ] {
        let expected = if is_told {
            "started 09:00, mitigated 09:20, resolved 09:40"
        } else {
            "started 09:00, resolved 09:40"
        };
        assert_eq!(told(["Errors begin", "x", line, "Incident resolved"]), expected, "{line}");
    }
}

#[test]
fn what_is_denied_hoped_or_planned_tells_nothing() {
    for text in [
        "Esperando a que el servicio quede restablecido",
        "El servicio no está restablecido",
        "O serviço ainda não foi restaurado",
        "Le service n'est pas rétabli",
        "Der Dienst ist noch nicht wiederhergestellt",
        "De dienst is nog niet hersteld",
        "服务尚未恢复",
        "복구 예정",
        "Сервис ещё не восстановлен",
    ] {
        let cues = super::sentence::cues(&Lexicon::built_in().cues, text);
        assert!(cues.is_empty(), "{text}: {cues:?}");
    }
}

#[test]
fn what_does_not_start_and_what_is_exploited_begins_in_every_language() {
    for text in [
        "The service fails to come up",
        "The vulnerability was exploited",
        "El servicio no arranca",
        "Startup falha no banco",
        "Échec du démarrage de l'index",
        "Der Dienst startet nicht",
        "Die Schwachstelle ausgenutzt",
    ] {
        let cues = super::sentence::cues(&Lexicon::built_in().cues, text);
        assert!(cues.contains_key(&crate::parse::locale::Cue::Began), "{text}: {cues:?}");
    }
}

#[test]
fn a_program_reports_in_every_language_and_a_first_recovery_is_none() {
    for text in [
        "El servidor reporta errores",
        "O servidor reporta erros",
        "Le serveur signale une erreur",
        "Der Server meldet Fehler",
        "一次復旧",
    ] {
        let cues = super::sentence::cues(&Lexicon::built_in().cues, text);
        assert!(!cues.contains_key(&crate::parse::locale::Cue::Noticed), "{text}: {cues:?}");
        assert!(!cues.contains_key(&crate::parse::locale::Cue::Back), "{text}: {cues:?}");
    }
}
