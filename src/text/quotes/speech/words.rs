//! The words, language by language. With `*` any ending is meant; of sources a line is one.

use std::sync::LazyLock;

use super::Speech;

pub(super) static ENGLISH: LazyLock<Speech> = LazyLock::new(|| Speech {
    verbs: words(
        "said says say told tells added adds noted notes stated states warned warns explained explains \
         announced announces claimed claims insisted insists argued argues reported reports wrote writes \
         asked asks replied replies responded responds admitted admits acknowledged stressed stresses \
         emphasised emphasized declared declares confirmed confirms denied denies recalled recalls tweeted \
         posted concluded concludes suggested suggests continued joked predicted urged vowed pledged quipped \
         testified commented remarked observed believes thinks complained conceded estimated cautioned \
         alleged boasted lamented retorted maintained maintains contended contends countered asserted asserts \
         quoted reiterated reiterates disclosed revealed revealed advised assured",
    ),
    plain: words("said says say believes added estimated warned announced"),
    to: words("told tells asked asks urged denied denies"),
    sources: lines("according to|in the words of|as reported by"),
    that: words("that whether"),
    pronouns: words("he she they it who i we"),
    neuter: words("it"),
    possessives: words(""),
    adding: words("adding saying noting stressing insisting"),
    on_this: Vec::new(),
    about: words(""),
    places: words(""),
    of_many: words(""),
    dashes: false,
    between: words(
        "has have had also later then reportedly previously earlier today yesterday recently repeatedly never \
         still now went to monday tuesday wednesday thursday friday saturday sunday on again once simply reluctantly \
         publicly just",
    ),
    articles: words("the a an his her their its our one some many several two another both other most"),
    people: words(
        "officials police authorities critics experts scientists researchers analysts residents witnesses \
         prosecutors investigators supporters opponents lawyers sources activists economists doctors spokes* \
         campaigners reports firefighters rescuers",
    ),
    ends: words(
        "in on at during after before to as while when by from with who which where about because if but and \
         or not late early yesterday today this last would could will is are was were there adding citing \
         through via following monday tuesday wednesday thursday friday saturday sunday it be",
    ),
    leads: words(
        "and but as when while so yet meanwhile however later then also in although because though which if \
         where what",
    ),
});

pub(super) static RUSSIAN: LazyLock<Speech> = LazyLock::new(|| Speech {
    verbs: words(
        "сказал* заявил* заявля* сообщил* сообщает сообщают отметил* отмеча* добавил* добавля* подчеркнул* \
         подчёркива* подчеркива* рассказал* рассказыва* объяснил* объясня* написал* пишет пишут признал \
         признала признали признался призналась ответил* отвеча* пояснил* поясня* уточнил* уточня* \
         предупредил* предупрежда* считает считают полагает полагают говорит говорят говорил* утвержда* \
         утверждал* передаёт передает передают напомнил* напомина* заметил* пообещал* спросил* воскликнул* \
         резюмировал* заключил заключила констатировал* указал* указыва* прокомментировал* настаивает уверен \
         уверена уверены продолжил* предположил* опроверг* подтвердил* объявил* высказал* поделился \
         поделилась цитиру* информиру* докладыва* доложил* жалу* пожаловал* вспомина* вспомнил* думает сообщал* заявлял* писал* выразил* \
         процитировал* посетовал* пожелал* призвал* рассчитывает рассчитывают надеется надеются утверждают \
         настаивал* обвинил* высказался высказалась оценил* возразил*",
    ),
    plain: words(""),
    to: words(""),
    sources: lines(
        "по словам|по мнению|по данным|по информации|по сообщению|по утверждению|по оценке|по оценкам|со \
         ссылкой на|согласно данным|по версии|по заявлению|со слов|по сведениям|по его словам|по её словам|по ее \
         словам|по их словам|по его мнению|по её мнению|по ее мнению|по их мнению|по его данным|по их данным|говорится \
         в сообщении|следует из данных|следует из сообщения|говорится в заявлении|сказано в сообщении|указано в сообщении",
    ),
    that: words("что будто"),
    pronouns: words("он она они я мы тот та"),
    neuter: words(""),
    possessives: words("его её ее их"),
    adding: words("добавив отметив подчеркнув заявив сказав пояснив уточнив"),
    on_this: lines("об этом|так"),
    about: words("о об обо"),
    places: words("в во"),
    of_many: words(
        "сообщили рассказали заявили пояснили отметили подчеркнули уточнили добавили считают говорят объяснили ответили напомнили признали подтвердили",
    ),
    dashes: true,
    between: words(
        "также тоже ранее позже потом тогда сегодня вчера ещё еще уже в свою очередь накануне при этом ему ей \
         нам журналистам корреспонденту агентству изданию телеканалу газете только снова не",
    ),
    articles: words(""),
    people: words(
        "власти полиция эксперт* учён* учен* специалист* министерств* министр* ведомств* президент* \
         губернатор* мэр* депутат* пресс-служб* пресс-секретар* глава главы директор* представител* источник* \
         очевид* житель жители жительниц* адвокат* врач* издание газета агентство телеканал следствие \
         следователи прокуратура суд синоптик* аналитик* политолог* экономист* автор* исследовател* посол \
         посольство премьер* спикер* руководител* начальник* тренер* волонтёр* волонтер* собеседник* \
         чиновник* правозащитник* политик* лидер* таксист* фермер* водител* сотрудник* спасател* пожарн* статистик* родител* учител* \
         студент* пассажир* коллега коллеги вице-* сми мид мвд мчс минобороны компания компании журналист* редакция",
    ),
    ends: words(
        "в во на при после перед из у к ко о об журналистам корреспонденту изданию агентству сегодня вчера \
         накануне и а но который которая которые чтобы когда где если ходе время телеканалу газете порталу со \
         ссылкой сообщению не был была были было будет это его её понедельник вторник среду четверг пятницу \
         субботу воскресенье для за через среди ранее позже уже ещё еще можно нужно нет есть могут может",
    ),
    leads: words("и а но как при этом также однако между тем ранее позже позднее"),
});

pub(super) static GERMAN: LazyLock<Speech> = LazyLock::new(|| Speech {
    verbs: words(
        "sagte sagt sagten erklärte erklärt erklärten betonte betont teilte teilten meinte meint berichtete \
         berichtet berichteten warnte warnt schrieb schreibt ergänzte fügte kritisierte kündigte behauptete \
         behauptet antwortete räumte versicherte forderte fordert äußerte bestätigte lobte mahnte glaubt \
         twitterte",
    ),
    plain: words("sagte sagt"),
    to: words("forderte fordert"),
    sources: lines("laut|nach angaben von|nach angaben der|nach angaben des|zufolge|nach ansicht von|so"),
    that: words("dass ob"),
    pronouns: words("er sie es wir ich"),
    neuter: words(""),
    possessives: words(""),
    adding: words(""),
    on_this: Vec::new(),
    about: words(""),
    places: words(""),
    of_many: words(""),
    dashes: false,
    between: words("auch später zuvor am dann noch weiter dazu jetzt heute gestern zudem"),
    articles: words("der die das ein eine dem den seine ihre mehrere viele"),
    people: words("polizei behörden experten forscher sprecher* augenzeugen ermittler"),
    ends: words(
        "wurde wurden werden hat haben habe sei seien soll sollen kann können könnte waren in im am an auf \
         nach vor bei zu zum zur mit als während gegenüber und aber dem den heute gestern nicht ist sind war \
         wird",
    ),
    leads: words("und aber wie auch doch"),
});

pub(super) static FRENCH: LazyLock<Speech> = LazyLock::new(|| Speech {
    verbs: words(
        "dit déclaré affirmé affirme expliqué explique ajouté ajoute précisé précise indiqué indique souligné \
         souligne annoncé annonce estimé estime assuré assure rappelé rappelle averti avertit écrit répondu \
         répond raconte raconté confie confié lancé lance reconnu reconnaît regrette regretté déclare",
    ),
    plain: words(""),
    to: words(""),
    sources: lines("selon|d’après|d'après|pour"),
    that: words("que qu’il qu’elle qu’ils qu'il qu'elle"),
    pronouns: words("il elle ils elles t-il t-elle a-t-il a-t-elle ont-ils on"),
    neuter: words(""),
    possessives: words(""),
    adding: words("ajoutant précisant"),
    on_this: Vec::new(),
    about: words(""),
    places: words(""),
    of_many: words(""),
    dashes: true,
    between: words("a ont avait également aussi encore mardi lundi mercredi jeudi vendredi est"),
    articles: words("le la les l un une des son sa ses plusieurs ce cette"),
    people: words("police autorités experts chercheurs témoins porte-parole"),
    ends: words(
        "a ont sera seront était étaient dans à au aux en sur lors après avant pendant par avec qui et mais \
         pour lundi mardi mercredi jeudi vendredi samedi dimanche est sont ne pas auprès",
    ),
    leads: words("et mais comme quand"),
});

pub(super) static SPANISH: LazyLock<Speech> = LazyLock::new(|| Speech {
    verbs: words(
        "dijo dice dicen dijeron afirmó afirma declaró declara explicó explica añadió añade señaló señala \
         indicó indica aseguró asegura advirtió advierte anunció anuncia informó informa informaron destacó \
         destaca subrayó escribió escribe respondió responde reconoció sostuvo sostiene manifestó recordó \
         recuerda confirmó agregó comentó comenta",
    ),
    plain: words(""),
    to: words(""),
    sources: lines("según|de acuerdo con|en palabras de|a juicio de"),
    that: words("que si"),
    pronouns: words("él ella ellos ellas"),
    neuter: words(""),
    possessives: words(""),
    adding: words("añadiendo"),
    on_this: Vec::new(),
    about: words(""),
    places: words(""),
    of_many: words(""),
    dashes: true,
    between: words("ha han había también ayer hoy este lunes martes miércoles jueves viernes además"),
    articles: words("el la los las un una su sus varios varias otro otra"),
    people: words("policía autoridades expertos investigadores testigos portavoz fuentes"),
    ends: words(
        "en a al durante tras después antes ante por con para y pero quien sobre lunes martes miércoles \
         jueves viernes sábado domingo es son no ayer hoy este está",
    ),
    leads: words("y pero como cuando aunque"),
});

fn words(all: &'static str) -> Vec<&'static str> {
    all.split_whitespace().collect()
}

fn lines(all: &'static str) -> Vec<&'static str> {
    all.split('|').collect()
}
