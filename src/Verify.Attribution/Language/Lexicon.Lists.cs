namespace Verify.Attribution.Language;

public static partial class Lexicon
{
    private static void AddGrammar(Action<Word, string> add)
    {
        add(Word.Determiner, "the a an this that these those some any each every no another several many few both all one either neither most more other");
        add(Word.Possessive | Word.Determiner, "his her its their our my your whose");
        add(Word.SubjectPronoun, "he she they it we i you who");
        add(Word.ObjectPronoun, "him her them it us me you");
        add(Word.Preposition, """
            of in on at by for from with to about after before during since until against between into through over under
            via per without within across behind beyond near despite amid among towards toward upon as than outside inside
            alongside amongst beneath besides versus following regarding concerning throughout around above below like unlike including
            """);
        add(Word.Conjunction, "and or but nor yet plus");
        add(Word.Subordinator, "that because although though while whereas if unless when where whether since as until once after before so how why what");
        add(Word.Relative, "which who whom whose that where");
        add(Word.Auxiliary, "has have had having did does do is are was were be been being am");
        add(Word.Be, "is are was were be been being am");
        add(Word.Marker, "according reportedly allegedly purportedly reputedly per alleged reported purported self-described self-proclaimed supposed");
        add(Word.Have, "has have had having");
        add(Word.Naming, """
            called calls call calling dubbed dubs dubbing termed terms labelled labeled labels described describes describing characterised
            characterized characterises characterizes declared declares declaring branded brands deemed referred refers referring billed
            bills noted classified listed lists portrayed named names naming titled entitled nicknamed identify identified identifies identifying attack attacked attacks attacking slammed blasted
            """);
        add(Word.Modal | Word.Auxiliary, "will would can could may might shall should must cannot");
        add(Word.Adverb, """
            also later then now again already still previously recently today yesterday tonight earlier meanwhile however
            further furthermore moreover therefore thus not never always often just only even too ago currently initially
            subsequently eventually finally instead reportedly allegedly publicly privately repeatedly officially formally
            specifically clearly simply once soon first separately here there together ever perhaps rather quite very
            """);
        add(Word.Time, """
            monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
            september october november december morning afternoon evening night noon midnight today yesterday tomorrow
            week month year day weekend hours days weeks months years hour minutes
            """);
        add(Word.HalfDay, "a.m p.m a.m. p.m.");
        add(Word.PlainVerb, """
            is are was were be been being am has have had do does did went gone go goes going came come comes coming took taken
            take takes taking made make makes making got get gets getting gave given give gives giving saw seen see sees seeing
            knew known know knows thought think thinks left leave leaves led lead leads held hold holds kept keep keeps began
            begun begin begins brought bring brings bought buy built build caught chose chosen cut died die dies drew driven drove
            fell fallen fall falls felt feel feels fought fled flew grew grown heard hear hears hit hurt killed injured wounded
            lost lose loses met meet meets paid pay pays put ran run runs rose risen rise rises sent send sends set sets shot
            sold sell stood stand stands stole struck taught threw thrown understood won win wins wore became become becomes
            believe believes believed want wants wanted hope hopes hoped plan plans planned need needs needed use uses used
            try tries tried work works worked live lives lived move moves moved allow allows allowed include includes included
            continue continues continued expect expects expected remain remains remained seem seems seemed appear appears appeared
            help helps helped start starts started end ends ended turn turns turned follow follows followed happen happens happened
            obtained seen reviewed viewed acquired leaked spoke speak speaks spoken asked
            receive receives received release releases released serve serves served win arrested charged accused launched crashed
            """);
    }

    private static void AddNouns(Action<Word, string> add)
    {
        add(Word.Title, """
            mr mrs ms miss dr sir lord lady dame prof professor president premier chancellor king queen prince princess pope bishop
            archbishop cardinal reverend rev senator sen congressman congresswoman congressperson representative rep governor
            gov mayor minister secretary ambassador judge justice sheriff general gen colonel col major captain capt commander
            admiral lieutenant lt sergeant sgt detective inspector officer chief director chairman chairwoman chair chairperson
            spokesman spokeswoman spokesperson commissioner attorney prosecutor doctor coach ceo leader deputy vice prime
            interior foreign defence defense health finance emergencies economy education trade transport justice energy labour labor
            former acting senior longtime veteran incoming outgoing ex-president ex-prime state secretary-general whip speaker lawmaker analyst reporter journalist
            author actor actress singer lawyer activist founder co-founder manager executive owner candidate councillor mp
            """);
        add(Word.PersonNoun, """
            president premier chancellor king queen prince princess pope bishop archbishop senator congressman congresswoman
            representative governor mayor minister secretary ambassador judge justice sheriff general colonel captain commander
            admiral officer chief director chairman chairwoman chair chairperson spokesman spokeswoman spokesperson commissioner
            attorney prosecutor doctor physician surgeon nurse coach ceo leader professor scientist researcher economist
            lawyer solicitor activist founder co-founder manager executive owner candidate councillor author writer editor
            co-author co-lead co-developer co-leader co-chair co-creator co-director coauthor
            journalist reporter correspondent columnist presenter analyst expert historian man woman mother father son daughter
            brother sister wife husband girl boy player captain driver pilot student teacher neighbour neighbor farmer resident
            witness victim suspect defendant attacker gunman whistleblower survivor employee worker politician lawmaker deputy
            secretary-general mp plaintiff owner referee composer singer actor actress artist director-general engineer
            superintendent inspector detective sergeant coroner pastor priest rabbi imam monarch monk astronaut head
            selectman alderman councilman councilwoman assemblyman assemblywoman policeman policewoman ombudsman marshal constable envoy
            negotiator delegate dean principal archivist curator chef banker investor biologist physicist geologist seismologist
            meteorologist forecaster epidemiologist virologist ecologist climatologist astronomer psychologist sociologist
            anthropologist archaeologist archeologist chemist mathematician oceanographer paleontologist palaeontologist zoologist
            cardiologist statistician developer designer architect photographer photojournalist producer filmmaker comedian rapper
            musician guitarist host anchor blogger athlete striker midfielder goalkeeper quarterback skipper agent passer-by bystander
            onlooker eyewitness refugee migrant detainee inmate prisoner hostage veteran soldier strategist adviser advisor staffer
            counsel barrister magistrate clerk cleric ayatollah patriarch chaplain emir sultan sheikh chancellor headteacher academic
            fiancée fiancé fiancee widow widower girlfriend boyfriend cousin uncle aunt nephew niece grandson granddaughter grandfather grandmother
            scholar entrepreneur billionaire shareholder trader treasurer president-elect vice-president ex-president ex-minister consul
            diplomat paramedic firefighter trooper warden ranger protester demonstrator supporter critic opponent villager survivor
            cosmonaut lecturer novelist playwright poet biographer pollster lobbyist whistle-blower
            """);
        add(Word.OrganizationNoun, """
            ministry department agency company corporation firm group organization organisation committee commission council court
            government administration police army military navy force forces parliament senate congress house party union bank
            university institute institution college school hospital association foundation federation league club team network
            channel station newspaper magazine journal website site daily weekly paper outlet outlets media press broadcaster
            office bureau service services embassy consulate board authority charity ngo airline regime state republic kingdom
            nations tribunal inquiry institute center centre lab laboratory fund society church coalition alliance movement
            inc ltd corp llc plc company's times post news guardian tribune herald gazette telegraph agency's observatory
            museum museums gallery library theatre theater studio festival zoo airport hotel restaurant supermarket retailer manufacturer insurer
            operator publisher startup lender regulator watchdog think-tank legislature assembly cabinet taskforce delegation embassy palace
            presidency leadership academy archive archives ambassadors chamber commissariat diocese
            white-house kremlin pentagon vatican downing taliban brigade guard guards
            """);
        add(Word.Outlet, """
            agence france-presse associated verge atlantic intercept gazette tribune chronicle herald examiner dispatch courier reuters bbc cnn afp tass pap ap bloomberg interfax xinhua aljazeera al-jazeera npr nbc cbs abc fox msnbc itv rt dpa ansa
            efe kyodo yonhap ria npr pbs cbc sky npr politico axios buzzfeed vox wired forbes fortune time newsweek guardian
            times post telegraph independent spiegel monde figaro pais repubblica twitter facebook wikinews variety deadline
            media press outlets radio tv broadcaster newspaper magazine journalists reporters tvn24 znak.com sputnik jazeera
            """);
        add(Word.GroupNoun, """
            residents critics protesters protestors demonstrators supporters opponents locals villagers neighbours neighbors
            relatives family families parents students teachers workers employees scientists researchers experts analysts
            economists doctors lawyers activists campaigners lawmakers politicians legislators senators republicans democrats
            members leaders people users fans players passengers survivors victims eyewitnesses observers historians
            journalists reporters commentators organisers organizers prosecutors investigators rescuers firefighters doctors
            soldiers rebels militants opposition majority authors writers astronomers engineers officers detectives others
            governments countries states companies groups organizations unions parties ministers republicans defendants
            forecasters meteorologists seismologists geologists diplomats envoys negotiators delegates ambassadors judges mayors governors
            bishops clerics paramedics troopers miners farmers fishermen drivers pilots sailors veterans refugees migrants detainees
            inmates prisoners hostages bystanders onlookers shareholders investors traders academics scholars psychologists biologists
            physicists ecologists epidemiologists conservationists environmentalists unionists nationalists conservatives liberals
            socialists councillors advocates attorneys regulators insurers publishers developers archaeologists leaders advisers
            advisors producers owners managers executives directors neighbors peers campaign crowd public community some militias militia gunmen insurgents separatists fighters jihadists hackers troops
            """);
        add(Word.AnonymousNoun, "officials official sources source authorities reports witnesses insiders aides spokespeople rumours rumors whistleblowers accounts somebody someone");
        add(Word.DocumentNoun, """
            report reports decree decrees legislation ordinance treaty verdict opinion findings research evidence headline studies surveys indictments affidavits transcripts filings complaints letters statements memos books bills laws rulings judgments orders directives resolutions notes releases polls lists investigations reviews audits drafts videos photographs contracts agreements websites petitions lawsuits suits editorials columns notices autopsies certificates scripture motion motions constitution act charter advisory manifesto announcement advisories forecast forecasts database footage cctv guidance report reports document documents cable cables memo memorandum letter letters statement statements filing complaint
            indictment affidavit transcript study survey paper papers article book memoir bill law ruling judgment judgement order
            directive communique communiqué declaration resolution note release list poll data figures statistics census
            analysis review investigation audit dossier file files record records plan draft footage video photo photograph image
            images map email e-mail emails e-mails contract agreement website constitution petition lawsuit suit editorial column
            op-ed notice guidelines copy copies autopsy certificate will diary manuscript press-release chronicle summary decision
            proposal proposals brief essay obituary affidavit warrant warrants subpoena readout factsheet booklet leaflet poster
            polling results register registry registers bulletin bulletins autobiography memoirs
            encyclopedia preprint abstract work photos picture pictures screenshot screenshots recording recordings chart charts graph graphs maps
            """);
        add(Word.PostNoun, "tweet tweets post posts blog thread threads status instagram twitter facebook tumblr vkontakte weibo telegram youtube");
        add(Word.BroadcastNoun, """
            interview interviews speech address conference briefing broadcast programme program show podcast radio television tv
            debate testimony hearing remarks lecture call appearance phone-call sermon rally
            """);
        add(Word.ContentNoun, """
            claim claims allegation allegations accusation accusations statement assertion assertions warning warnings suggestion
            suggestions report reports rumour rumours rumor rumors prediction predictions announcement admission denial promise
            pledge threat threats argument arguments counter-argument contention conclusion finding speculation news complaint complaints
            insistence demand demands request requests appeal appeals plea pleas proposal proposals recommendation recommendations call calls
            revelation revelations assurance assurances confession explanation message promises denials vow vows hint hints theory theories
            """);
        add(Word.SpeechNoun, """
            warning warnings alert alerts threat threats promise promises pledge pledges apology apologies condolence condolences sympathy
            sympathies condemnation criticism concern concerns thanks gratitude praise regret regrets opposition solidarity denial
            objection objections complaint complaints accusation accusations allegation allegations comparison comparisons appeal
            appeals call calls demand demands request requests recommendation recommendations suggestion suggestions ultimatum
            order orders advice assurance assurances claim claims doubt doubts disappointment outrage frustration confidence sadness support responsibility reward
            """);
        add(Word.Gives, """
            issue issued issues issuing make made makes making give gave given gives giving offer offered offers offering extend extended
            extends extending send sent sends sending express expressed expresses expressing voice voiced voices voicing raise raised
            raises raising draw drew draws drawing deliver delivered delivers repeat repeated repeats reiterate reiterated convey conveyed
            level levelled leveled accept accepted accepts accepting
            """);
    }
}
