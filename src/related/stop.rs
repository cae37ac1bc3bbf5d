//! Words that tell nothing about a subject: function words by language, the words of datelines and
//! attributions, weekdays and months.
//!
//! The idf of a large store would find them out by itself; a new one, with a dozen articles, cannot.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::signature::term;
use crate::text::Lang;
use crate::text::words;

/// The stop words of a language, as terms.
pub(super) struct Stops(Arc<FxHashSet<u32>>);

/// The sets made so far, by the code of their language.
type Sets = HashMap<&'static str, Arc<FxHashSet<u32>>>;

impl Stops {
    /// Those of `lang`; of English and Russian together when it is not known, as the stemmers are.
    pub(super) fn of(lang: Option<Lang>) -> Self {
        // Each language's set is made once: it costs as much as signing an article.
        static SETS: LazyLock<Mutex<Sets>> = LazyLock::new(Mutex::default);
        let mut sets = SETS.lock().unwrap_or_else(PoisonError::into_inner);
        Self(sets.entry(lang.map_or("", Lang::code)).or_insert_with(|| Arc::new(make(lang))).clone())
    }

    pub(super) fn has(&self, term: u32) -> bool {
        self.0.contains(&term)
    }
}

fn make(lang: Option<Lang>) -> FxHashSet<u32> {
    let mut set = FxHashSet::default();
    let langs = lang.map_or(vec![Lang::ENGLISH, Lang::RUSSIAN], |lang| vec![lang]);
    for one in langs {
        let short = one.short();
        let function = stop_words::lookup(short).unwrap_or_default().iter().copied();
        let news = NEWS.iter().find(|(code, _)| *code == short).map_or("", |(_, words)| words);
        for word in function.chain(news.split(' ')) {
            words::each(word, lang, |token| {
                set.insert(term(token.stem));
            });
        }
    }
    set
}

/// Attributions, weekdays and months.
const NEWS: [(&str, &str); 10] = [
    (
        "en",
        "said says say saying told tells tell according reported reports reportedly report added also would could may \
         might must us one two three first last year years month months week weeks day days today yesterday tomorrow \
         monday tuesday wednesday thursday friday saturday sunday january february march april june july august \
         september october november december mr mrs ms news new meanwhile however",
    ),
    (
        "ru",
        "сообщил сообщила сообщили сообщает сообщают сообщению заявил заявила заявили заявляет сказал сказала отметил \
         отметила добавил добавила рассказал рассказала словам данным также это года год году лет месяц месяца месяцев \
         недели неделя день дня дней сегодня вчера завтра понедельник вторник среду четверг пятницу субботу \
         воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября декабря который \
         которая которые которых которого свой своих ранее однако новости новый",
    ),
    (
        "uk",
        "повідомив повідомила повідомили повідомляє заявив заявила сказав сказала зазначив зазначила додав також року \
         рік років місяць місяця тижня день дня сьогодні вчора завтра понеділок вівторок середу четвер п'ятницю суботу \
         неділю січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня який яка які \
         що це та",
    ),
    (
        "de",
        "sagte sagten sagt teilte mitgeteilt erklärte laut berichtet berichtete demnach sei seien jahr jahre jahren \
         monat woche tag tage tagen heute gestern morgen montag dienstag mittwoch donnerstag freitag samstag sonntag \
         januar februar märz april mai juni juli august september oktober november dezember neue neuen",
    ),
    (
        "fr",
        "dit déclaré annoncé indiqué affirmé selon ajouté précisé rapporté aussi an ans année années mois semaine jour \
         jours aujourd'hui hier demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril \
         mai juin juillet août septembre octobre novembre décembre deux trois plus comme après",
    ),
    (
        "es",
        "dijo dijeron dice afirmó señaló informó según añadió aseguró explicó indicó también año años mes meses semana \
         día días hoy ayer mañana lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo \
         junio julio agosto septiembre octubre noviembre diciembre dos tres tras",
    ),
    (
        "it",
        "detto dice dichiarato affermato secondo aggiunto spiegato anche anno anni mese mesi settimana giorno giorni \
         oggi ieri domani lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio \
         giugno luglio agosto settembre ottobre novembre dicembre due tre",
    ),
    (
        "pt",
        "disse afirmou informou segundo acrescentou explicou também ano anos mês meses semana dia dias hoje ontem \
         amanhã segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo janeiro fevereiro março \
         abril maio junho julho agosto setembro outubro novembro dezembro dois três",
    ),
    (
        "nl",
        "zei zegt zeggen volgens meldt meldde ook jaar jaren maand week dag dagen vandaag gisteren morgen maandag \
         dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus \
         september oktober november december nieuwe",
    ),
    (
        "tr",
        "dedi söyledi belirtti açıkladı göre ifade etti yıl yılı ay hafta gün bugün dün yarın pazartesi salı çarşamba \
         perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık \
         yeni",
    ),
];
