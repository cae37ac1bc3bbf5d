//! The names of the months in the languages that news is written in: the one table that readers of
//! dates share.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::fold;

/// Names and customary abbreviations, in the forms that dates take (`января`, `stycznia`), by
/// language: English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish,
/// Norwegian, Finnish, Estonian, Latvian, Lithuanian, Polish, Czech, Slovak, Hungarian, Romanian,
/// Croatian, Serbian, Slovene, Bulgarian, Russian, Ukrainian, Belarusian, Kazakh, Kyrgyz, Uzbek,
/// Tajik, Turkish, Azerbaijani, Greek, Arabic, Hebrew, Persian, Hindi, Indonesian, Catalan.
/// Names that mean different months in different languages (`listopad`, `srpna` against `srpnja`)
/// stand only where one of the meanings is usual in news.
const NAMES: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari tammikuuta tammikuu jaanuar jaanuari \
     janvāris janvārī sausio sausis stycznia styczeń sty ledna leden január januára ianuarie ian siječnja siječanj \
     јануар јануара jануари януари януар январь января янв січня січень студзеня студзень қаңтар қаңтары январи yanvar \
     ocak yanvarın ιανουαρίου ιανουάριος يناير كانون‌الثاني ינואר ژانویه जनवरी gener",
    "february feb februar feber février févr févr. fév febrero febbraio fevereiro fev februari helmikuuta helmikuu \
     veebruar veebruari februāris februārī vasario vasaris lutego luty lut února únor február februára február \
     februarie veljače veljača фебруар фебруара февруари февраль февраля фев лютого лютий лютага люты ақпан февраль \
     феврали fevral şubat φεβρουαρίου φεβρουάριος فبراير شباط פברואר فوریه फरवरी फ़रवरी febrer pebruari",
    "march mar märz mrz mars marzo março maart marts maaliskuuta maaliskuu märts märtsi marta kovo kovas marca marzec \
     března březen brez marec március márc martie ožujka ožujak март марта мар березня березень сакавіка сакавік \
     наурыз мартда марти mart μαρτίου μάρτιος مارس آذار מרץ מרס मार्च març maret",
    "april apr avril avr abril abr aprile huhtikuuta huhtikuu aprill aprilli aprīlis aprīlī balandžio balandis kwietnia \
     kwiecień kwi dubna duben apríl apríla április ápr aprilie travnja travanj април априла апрель апреля апр квітня \
     квітень красавіка красавік сәуір апрели aprel nisan απριλίου απρίλιος أبريل ابريل نيسان אפריל آوریل अप्रैल",
    "may mai mayo mag maggio maio mei maj toukokuuta toukokuu maijs maijā gegužės gegužė maja května květen kvě máj mája \
     május svibnja svibanj мај маја май мая травня травень мая мамыр майы mayıs μαΐου μάιος مايو أيار מאי مه मई maig",
    "june jun juni juin junio giugno giu junho kesäkuuta kesäkuu juuni jūnijs jūnijā birželio birželis czerwca czerwiec \
     cze června červen jún júna június iunie iun lipnja lipanj јун јуна юни июнь июня июн червня червень чэрвеня чэрвень \
     маусым июни iyun haziran ιουνίου ιούνιος يونيو يونيه حزيران יוני ژوئن जून juny",
    "july jul juli juillet juil julio luglio lug lip julho heinäkuuta heinäkuu juuli jūlijs jūlijā liepos liepa lipca lipiec \
     července červenec júl júla július iulie iul srpnja srpanj јул јула юли июль июля июл липня липень ліпеня ліпень \
     шілде июли iyul temmuz ιουλίου ιούλιος يوليو يوليه تموز יולי ژوئیه जुलाई juliol",
    "august aug août agosto ago ago. augusti augustus elokuuta elokuu augusta augusts augustā rugpjūčio rugpjūtis sierpnia \
     sierpień sie srpna srpen augusta augusztus aug. kolovoza kolovoz август августа авг серпня серпень жніўня жнівень \
     тамыз августи avqust avgust avgusta ağustos αυγούστου αύγουστος أغسطس اغسطس آب אוגוסט اوت अगस्त agost agustus",
    "september sep sept septembre septiembre settembre set setembro syyskuuta syyskuu septembri septembris septembrī \
     rugsėjo rugsėjis września wrzesień wrz září septembra szeptember szept septembrie rujna rujan септембар септембра \
     септември сентябрь сентября сен вересня вересень верасня верасень қыркүйек сентябри sentyabr eylül σεπτεμβρίου \
     σεπτέμβριος سبتمبر أيلول ספטמבר سپتامبر सितंबर सितम्बर setembre",
    "october oct oktober okt octobre octubre ottobre ott outubro lokakuuta lokakuu oktoober oktoobri oktobris oktobrī \
     spalio spalis października październik paź října říjen októbra október octombrie listopada октобар октобра октомври \
     октябрь октября окт жовтня жовтень кастрычніка кастрычнік қазан октябри oktyabr ekim οκτωβρίου οκτώβριος أكتوبر \
     اكتوبر אוקטובר اکتبر अक्टूबर अक्तूबर octubre",
    "november nov novembre noviembre novembro marraskuuta marraskuu novembri novembris novembrī lapkričio lapkritis \
     listopad listopadu lis novembra noiembrie studenoga studeni новембар новембра ноември ноябрь ноября ноя листопада \
     листопад лістапада лістапад қараша ноябри noyabr kasım νοεμβρίου νοέμβριος نوفمبر נובמבר نوامبر नवंबर नवम्बर",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember joulukuuta joulukuu detsember \
     detsembri decembris decembrī gruodžio gruodis grudnia grudzień gru prosince prosinec decembra decembrie prosinca \
     prosinac децембар децембра декември декабрь декабря дек грудня грудень снежня снежань желтоқсан декабри dekabr aralık \
     δεκεμβρίου δεκέμβριος ديسمبر דצמבר دسامبر दिसंबर दिसम्बर desembre",
];

/// The month that `word` names, 1 to 12, in any case, with or without accents and a final dot;
/// `None` for any other word. A few short names are words of other kinds as well (`may`, `mars`,
/// `set`): take the answer as true only beside a day's number.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    names().get(&fold(word.trim_end_matches(['.', ',']))).copied()
}

/// The month that `word` names in full or cut short (`Ιούλ`, `вер`, `қар`): as [`month`], or the only
/// month with a name that begins with `word`, which must have three letters. More words than months
/// pass for one: ask only where a month must stand.
#[must_use]
pub fn abbreviated(word: &str) -> Option<u8> {
    month(word).or_else(|| {
        let short = fold(word.trim_end_matches(['.', ',']));
        if short.chars().count() < 3 {
            return None;
        }
        let mut meant = names().iter().filter(|(name, _)| name.starts_with(&short)).map(|(_, month)| *month);
        let first = meant.next()?;
        meant.all(|month| month == first).then_some(first)
    })
}

/// Every name, folded, and its month.
fn names() -> &'static HashMap<String, u8> {
    static MONTHS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
        let mut months = HashMap::new();
        for (names, number) in NAMES.iter().zip(1_u8..) {
            for name in names.split_whitespace() {
                months.entry(fold(name.trim_end_matches('.'))).or_insert(number);
            }
        }
        months
    });
    &MONTHS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_many_languages() {
        for (word, number) in [
            ("January", 1),
            ("FEBRUARY", 2),
            ("März", 3),
            ("avril", 4),
            ("мая", 5),
            ("červen", 6),
            ("luglio", 7),
            ("août", 8),
            ("Sept.", 9),
            ("октября", 10),
            ("Nov", 11),
            ("aralık", 12),
            ("листопада", 11),
            ("қараша", 11),
            ("нояб", 0),
            ("market", 0),
            ("", 0),
        ] {
            assert_eq!(month(word).unwrap_or(0), number, "{word}");
        }
    }

    #[test]
    fn cut_short() {
        for (word, number) in
            [("Ιούλ", 7), ("вер", 9), ("қар", 11), ("Januar", 1), ("jui", 0), ("ja", 0), ("juil", 7), ("нояб", 11)]
        {
            assert_eq!(abbreviated(word).unwrap_or(0), number, "{word}");
        }
    }
}
