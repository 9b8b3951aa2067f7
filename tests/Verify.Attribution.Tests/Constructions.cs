using Shouldly;
using Xunit;

namespace Verify.Attribution.Tests;

/// <summary>One sentence a construction: what is the content, and what the chain.</summary>
public sealed class Constructions
{
    /// <summary>Each claim on a line: its chain, and its content.</summary>
    internal static string Describe(string text) => string.Join("\n", Extractor.Extract(text).Select(c =>
        $"{string.Join(" > ", c.Chain.Select(l => $"{l.Role.ToString().ToLowerInvariant()}:{l.Resolved}"))} | {string.Join(" … ", c.Content.Select(s => s.Of(text)))}"));

    [Theory]
    // The reporting clause before, inside and after the content; inverted.
    [InlineData("Mayor Pia Lund said the town would close four wells.", "speaker:Pia Lund | the town would close four wells")]
    [InlineData("Mayor Pia Lund said that the town would close four wells.", "speaker:Pia Lund | the town would close four wells")]
    [InlineData("The wells were closed on Monday, Mayor Pia Lund said.", "speaker:Pia Lund | The wells were closed on Monday")]
    [InlineData("\"We closed the wells,\" Pia Lund said.", "speaker:Pia Lund | We closed the wells")]
    [InlineData("\"We closed the wells,\" said Pia Lund.", "speaker:Pia Lund | We closed the wells")]
    [InlineData("\"We closed the wells,\" Pia Lund said, \"and we will pay for it.\"", "speaker:Pia Lund | We closed the wells … and we will pay for it.")]
    [InlineData("“We closed the wells,” Pia Lund said. “We had no choice.”", "speaker:Pia Lund | We closed the wells … We had no choice.")]
    [InlineData("Pia Lund said: \"We closed the wells.\"", "speaker:Pia Lund | We closed the wells.")]
    [InlineData("Pia Lund said the wells were \"a danger to all\".", "speaker:Pia Lund | the wells were \"a danger to all\"")]
    // According to, in any place.
    [InlineData("According to the fire brigade, nobody was hurt.", "speaker:fire brigade | nobody was hurt")]
    [InlineData("Nobody was hurt, according to the fire brigade.", "speaker:fire brigade | Nobody was hurt")]
    // Relayed speech.
    [InlineData("\"The sum is wrong,\" the Ledger cited Carlo Benassi as saying according to a copy of the internal memo.", "relay:Ledger > speaker:Carlo Benassi > medium:memo | The sum is wrong")]
    [InlineData("The Ledger quoted Carlo Benassi as saying that the sum was wrong.", "relay:Ledger > speaker:Carlo Benassi | the sum was wrong")]
    [InlineData("Carlo Benassi told Reuters that the sum was wrong.", "relay:Reuters > speaker:Carlo Benassi | the sum was wrong")]
    [InlineData("CNN cited Mike Pompeo as saying, according to a copy of the diplomatic cable, that \"missions should prepare\".", "relay:CNN > speaker:Mike Pompeo > medium:cable | missions should prepare")]
    [InlineData("Reuters reported on Friday, citing people with knowledge of the case, that regulators have opened a probe.", "relay:Reuters > speaker:people | regulators have opened a probe")]
    [InlineData("The reservoir was leaking, according to an internal memo obtained by the Brackwater Post.", "relay:Brackwater Post > speaker:memo | The reservoir was leaking")]
    // Documents and posts, as speakers and as media.
    [InlineData("The report found that nine wells were poisoned.", "speaker:report | nine wells were poisoned")]
    [InlineData("Mara Voss said in a statement that the roof was safe.", "speaker:Mara Voss > medium:statement | the roof was safe")]
    [InlineData("In a tweet on Monday Mara Voss said the roof was safe.", "speaker:Mara Voss > medium:tweet | the roof was safe")]
    [InlineData("Mara Voss in a letter sent to all members said the roof was safe.", "speaker:Mara Voss > medium:letter | the roof was safe")]
    [InlineData("Mara Voss said at a press conference yesterday the roof was safe.", "speaker:Mara Voss > medium:conference | the roof was safe")]
    [InlineData("The BBC cited Budi Gunawan, chief of the agency, as saying the men were known.", "relay:BBC > speaker:Budi Gunawan | the men were known")]
    [InlineData("After the accident, Connie Moganedi said, the lions were killed.", "speaker:Connie Moganedi | After the accident … the lions were killed")]
    [InlineData("Pia Lund said the wells were closed and added that the school was open.", "speaker:Pia Lund | the wells were closed\nspeaker:Pia Lund | the school was open")]
    [InlineData("Pia Lund said the wells were closed while Carlo Benassi warned that levels would rise.", "speaker:Pia Lund | the wells were closed\nspeaker:Carlo Benassi | levels would rise")]
    // Noun phrases, directives, unnamed sources.
    [InlineData("Harbour master Jens Aune denied the allegations.", "speaker:Jens Aune | the allegations")]
    [InlineData("City inspectors ordered the club to close the stand.", "speaker:City inspectors | to close the stand")]
    [InlineData("Officials said three people died.", "speaker:Officials | three people died")]
    [InlineData("Two people familiar with the matter said the budget was moved.", "speaker:Two people | the budget was moved")]
    [InlineData("The budget was moved, according to two people familiar with the matter.", "speaker:two people | The budget was moved")]
    [InlineData("A nurse who spoke on condition of anonymity told the BBC that the ward was closed.", "relay:BBC > speaker:nurse | the ward was closed")]
    [InlineData("Sources close to the family say the boy is alive.", "speaker:Sources | the boy is alive")]
    [InlineData("Police say no one was hurt.", "speaker:Police | no one was hurt")]
    [InlineData("Anna Lee wrote on X: \"The recall is real.\"", "speaker:Anna Lee > medium:X | The recall is real.")]
    [InlineData("Officials said on Friday the bridge is closed.", "speaker:Officials | the bridge is closed")]
    [InlineData("It was reported that two schools had closed.", " | two schools had closed")]
    [InlineData("Warning that storms would come, the minister closed the ports of the north on Monday.", "speaker:minister | storms would come")]
    [InlineData("Norhav said it would complain, adding that its ships carried permits.", "speaker:Norhav | it would complain\nspeaker:Norhav | its ships carried permits")]
    // Insertions, reports within reports, past forms that look like participles.
    [InlineData("A public inquiry was ordered, according to the council.", "speaker:council | A public inquiry was ordered\nrelay:council | A public inquiry")]
    [InlineData("Norhav announced suspending its ferries, following a long strike.", "speaker:Norhav | suspending its ferries")]
    [InlineData("The depot burned for nine hours, Radio Norhav reported the governor said.", "relay:Radio Norhav > speaker:governor | The depot burned for nine hours")]
    [InlineData("Two hundred ships lie in the bay, harbour masters report, a number larger than in any year before.", "speaker:harbour masters | Two hundred ships lie in the bay")]
    [InlineData("Radio Norhav, however, reported on a distress call from the ferry.", "speaker:Radio Norhav | a distress call from the ferry")]
    [InlineData("Ilse Grau, who reportedly works at the fish hall as a cook, took part in the search.", " | Ilse Grau, who … works at the fish hall as a cook")]
    [InlineData("On Friday the coastal command released a statement saying an attack that day on the depot produced no casualties.", "speaker:coastal command > medium:statement | an attack that day on the depot produced no casualties")]
    [InlineData("The fire service indicated on Twitter the girl was badly hurt.", "speaker:fire service > medium:Twitter | the girl was badly hurt")]
    [InlineData("The Ledger reported on Monday a harbour source, whom they did not name, said the ban was final.", "speaker:Ledger | a harbour source, whom they did not name, said the ban was final\nrelay:Ledger > speaker:harbour source | the ban was final")]
    [InlineData("\"The airline carries arms,\" according to a tweet on Monday by Foreign Minister Oda Brekke.", "speaker:Oda Brekke > medium:tweet | The airline carries arms")]
    [InlineData("Judge Jens Aune ordered the accused remain in custody until his next appearance on April 5.", "speaker:Jens Aune | the accused remain in custody until his next appearance on April 5")]
    [InlineData("The storm made landfall on Tuesday, killing at least twenty according to officials on Thursday, and leaving reportedly nine thousand stranded.", "speaker:officials | killing at least twenty\n | leaving … nine thousand stranded")]
    [InlineData("The gunman is reported to have climbed the stage and claimed he was wrongly imprisoned.", " | The gunman … to have climbed the stage and claimed he was wrongly imprisoned\nspeaker:gunman | he was wrongly imprisoned")]
    [InlineData("Speaker Pia Lund commented on the matter — which the Ledger noted as an unusual move — \"However it is dressed up, it is plain.\"", "speaker:Ledger | an unusual move\nspeaker:Pia Lund | However it is dressed up, it is plain.")]
    [InlineData("Radio Norhav confirmed with the shipyard that the two ships were sold.", "speaker:Radio Norhav | the two ships were sold")]
    [InlineData("Pia Lund remarked, \"It is a long fight,\" further remarking, \"It was a hard year.\"", "speaker:Pia Lund | It is a long fight\nspeaker:Pia Lund | It was a hard year.")]
    [InlineData("Engineers said the depot was unsafe, citing the lack of exits.", "speaker:Engineers | the depot was unsafe\nspeaker:Engineers | the lack of exits")]
    [InlineData("While few own one, according to a study, the mayor bought two.", "speaker:study | few own one")]
    [InlineData("According to Professor Lea Brandt, who heads the board, in the north it is not customary to pay.", "speaker:Lea Brandt | in the north it is not customary to pay")]
    [InlineData("With \"care, I wanted to go on,\" Pia Lund told the Ledger, a choice that left her alone.", "relay:Ledger > speaker:Pia Lund | care, I wanted to go on")]
    [InlineData("Carlo Benassi came by train. In his opinion, the line is not safe.", "speaker:Carlo Benassi | the line is not safe")]
    [InlineData("Theresa May came by ship. May told the Ledger the deal was dead. The deal, May said, was sad.", "relay:Ledger > speaker:Theresa May | the deal was dead\nspeaker:Theresa May | The deal … was sad")]
    [InlineData("Officials said on May 5 the deal was dead.", "speaker:Officials | the deal was dead")]
    [InlineData("Lea Brandt chairs the board. Lea said the wells were closed.", "speaker:Lea Brandt | the wells were closed")]
    [InlineData("Lund wrote the novel Salt, which the Norhav Times called \"the saltiest book ever written\".", "speaker:Norhav Times | the saltiest book ever written")]
    [InlineData("The ruling in the Lund v. Grau case was final, Pia Lund said.", "speaker:Pia Lund | The ruling in the Lund v. Grau case was final")]
    [InlineData("Pia Lund commented on the council's decision: \"It points to the past.\"", "speaker:Pia Lund | It points to the past.")]
    [InlineData("Critics asked the chief executive, who is backed by the ministry, to resign.", "speaker:Critics | to resign")]
    [InlineData("The court heard a plea from the rowers' lawyers, who argued the boats were old.", "speaker:lawyers | the boats were old")]
    [InlineData("Pia Lund has expressed she is not interested in the office.", "speaker:Pia Lund | she is not interested in the office")]
    [InlineData("The agency indicated no other ships were involved and suggested the pilot lost control.", "speaker:agency | no other ships were involved\nspeaker:agency | the pilot lost control")]
    // Whose verb it is: across conjunctions, relatives and insertions.
    [InlineData("Pia Lund has accused Carlo Benassi of misleading the Queen, and argued that the vote was void.", "speaker:Pia Lund | Carlo Benassi of misleading the Queen\nspeaker:Pia Lund | the vote was void")]
    [InlineData("The agency did not mention if there were casualties, but said exports were continuing.", "speaker:agency | exports were continuing")]
    [InlineData("The notice gave no cause, but, according to the agency, Ilse Grau had been ill.", "speaker:agency | Ilse Grau had been ill")]
    [InlineData("The toll rose to nine on Monday, reported officials, with two others hurt.", "speaker:officials | The toll rose to nine on Monday … with two others hurt")]
    [InlineData("A student named Wong said the weather was bad.", "speaker:Wong | the weather was bad")]
    [InlineData("Storms are rare here according to CNN who reported that one came in May.", "speaker:CNN | Storms are rare here\nspeaker:CNN | one came in May")]
    [InlineData("Ilse Grau, fiancée of the rower Jens Aune, addressed reporters in Norhav, calling for the thieves to be brought to court.", "speaker:Ilse Grau | the thieves to be brought to court")]
    [InlineData("President Jens Aune said if the goal is peace, then foreign ships should leave.", "speaker:Jens Aune | if the goal is peace, then foreign ships should leave")]
    [InlineData("Others were kinder in their comments: \"Thank you for the boats,\" wrote Pia Lund.", "speaker:Pia Lund | Thank you for the boats")]
    [InlineData("According to a March 14, 2019 council press release, the town spent a tenth on roads.", "speaker:release | the town spent a tenth on roads")]
    [InlineData("Pia Lund warned the Norhavs that the ferries would stop.", "speaker:Pia Lund | the ferries would stop")]
    [InlineData("Pia Lund gave her condolences via Twitter.", "speaker:Pia Lund > medium:Twitter | her condolences")]
    [InlineData("Jens Aune accepted the award. Speaking to Carlo Benassi of the Ledger, he said it was late.", "speaker:Jens Aune | it was late")]
    [InlineData("Ilse Grau, who was a candidate in the primary for the coming election, announced the end of her campaign.", "speaker:Ilse Grau | the end of her campaign")]
    [InlineData("Dozens of boats have been found in the tombs, and divers have reported they were painted.", "speaker:divers | they were painted")]
    [InlineData("In May, after complaints came to light, Pia Lund resigned, citing the lack of trust.", "speaker:Pia Lund | the lack of trust")]
    [InlineData("The party lost nine seats, according to first reports, resulting in a minority government.", "speaker:reports | The party lost nine seats … resulting in a minority government")]
    [InlineData("In findings published in May, a team of scientists report ancient sailors caught the birds at sea.", "speaker:team > medium:findings | ancient sailors caught the birds at sea")]
    [InlineData("Although votes are, reportedly, usually quiet, this year nobody ran unopposed.", " | votes are … usually quiet")]
    [InlineData("The charge stemmed from allegations Lund tried to sink the ferry.", " | Lund tried to sink the ferry")]
    [InlineData("The depots are in Norhav, D.C. They also hold oil, Pia Lund said.", "speaker:Pia Lund | They also hold oil")]
    [InlineData("Norhav announced new limits on flights to Cuba.", "speaker:Norhav | new limits on flights to Cuba")]
    [InlineData("Pia Lund had ordered her staff to delay aid that had been promised to the isles.", "speaker:Pia Lund | to delay aid that had been promised to the isles")]
    [InlineData("The ministry gave its \"deepest sympathies\" and said the case was closed.", "speaker:ministry | its \"deepest sympathies\"\nspeaker:ministry | the case was closed")]
    [InlineData("Authorities in the North and the South announced that the bridge was closed.", "speaker:Authorities | the bridge was closed")]
    [InlineData("\"We wanted to find out how it spreads,\" said lead author Professor David Lund of the medical school.", "speaker:David Lund | We wanted to find out how it spreads")]
    [InlineData("Ambassador to the Northern Isles Nikki Brandt wrote on Twitter, \"We must go.\"", "speaker:Nikki Brandt > medium:Twitter | We must go.")]
    [InlineData("Since their discovery, according to the academy, nine other planets have been found.", "speaker:academy | Since their discovery … nine other planets have been found")]
    [InlineData("President Lea Brandt in relaying the news to the members said, \"He is part of our history.\"", "speaker:Lea Brandt | He is part of our history.")]
    [InlineData("He had not come since May, which his wife Ilse Grau said was due to the storm.", "speaker:Ilse Grau | which … was due to the storm")]
    // Reporting clauses in other places and shapes.
    [InlineData("The wells, Pia Lund said, were closed on Monday.", "speaker:Pia Lund | The wells … were closed on Monday")]
    [InlineData("The wells were closed on Monday, said Pia Lund.", "speaker:Pia Lund | The wells were closed on Monday")]
    [InlineData("The mayor, Pia Lund, said the wells were closed.", "speaker:Pia Lund | the wells were closed")]
    [InlineData("Pia Lund, who has led the town since 2011, said the wells were closed.", "speaker:Pia Lund | the wells were closed")]
    [InlineData("The school was closed, according to the council, because of the storm.", "speaker:council | The school was closed … because of the storm")]
    [InlineData("According to Pia Lund, mayor of Eldmoor, the wells were closed.", "speaker:Pia Lund | the wells were closed")]
    [InlineData("According to a report by Norhav, the harbour lost half of its ships.", "speaker:Norhav > medium:report | the harbour lost half of its ships")]
    [InlineData("Per the decree, priests must answer within a week.", "speaker:decree | priests must answer within a week")]
    // Relayed speech.
    [InlineData("In an interview with Sputnik News, Carlo Benassi said the sum was wrong.", "relay:Sputnik News > speaker:Carlo Benassi > medium:interview | the sum was wrong")]
    [InlineData("Speaking to BBC Sport, Ilse Grau said the race was hard.", "relay:BBC Sport > speaker:Ilse Grau | the race was hard")]
    [InlineData("Norhav, citing the harbour master, said the quay was blocked.", "relay:Norhav > speaker:harbour master | the quay was blocked")]
    // Passives and unnamed sources.
    [InlineData("The mayor is reported to have left the country.", " | The mayor … to have left the country")]
    [InlineData("The ships were reportedly turned away at night.", " | The ships were … turned away at night")]
    [InlineData("The allegations were denied by the ministry.", "speaker:ministry | The allegations")]
    [InlineData("The drivers were told by the police to wait outside.", "speaker:police | to wait outside")]
    // Nouns that announce content.
    [InlineData("The minister's claim that the wells were safe was repeated on Monday.", "speaker:minister | the wells were safe")]
    [InlineData("The council issued a warning that the river would rise.", "speaker:council | the river would rise")]
    // Directives, commitments, reproaches.
    [InlineData("Pia Lund promised to close the wells within a week.", "speaker:Pia Lund | to close the wells within a week")]
    [InlineData("The ministry warned of floods in the north.", "speaker:ministry | of floods in the north")]
    [InlineData("Protesters called for the mayor's resignation.", "speaker:Protesters | the mayor's resignation")]
    [InlineData("Pia Lund called the report \"a bad joke\".", "speaker:Pia Lund | a bad joke")]
    [InlineData("Norhav described the harbour as a ruin.", "speaker:Norhav | a ruin")]
    // Quotations in all marks, over sentences and paragraphs.
    [InlineData("«We closed the wells», Pia Lund said.", "speaker:Pia Lund | We closed the wells")]
    [InlineData("'We closed the wells,' said Pia Lund.", "speaker:Pia Lund | We closed the wells")]
    [InlineData("„We closed the wells,” Pia Lund said.", "speaker:Pia Lund | We closed the wells")]
    [InlineData("\"We closed the wells. We had no choice. The water was bad,\" Pia Lund said.", "speaker:Pia Lund | We closed the wells. We had no choice. The water was bad")]
    [InlineData("\"We closed the wells,\" Pia Lund said.\n\n\"We had no other choice that night.\"", "speaker:Pia Lund | We closed the wells … We had no other choice that night.")]
    [InlineData("Pia Lund said: \"We closed the wells.\n\n\"We had no other choice.\"", "speaker:Pia Lund | We closed the wells. … We had no other choice.")]
    [InlineData("Pia Lund said \"we closed the wells and went home.", "speaker:Pia Lund | we closed the wells and went home.")]
    [InlineData("Pia Lund laughed: \"Nobody has asked me about it.\"", "speaker:Pia Lund | Nobody has asked me about it.")]
    [InlineData("Pia Lund — who is 51 — said: \"Nobody has asked me about it.\"", "speaker:Pia Lund | Nobody has asked me about it.")]
    [InlineData("Mara Voss tweeted: \"The roof moves in the wind.\"", "speaker:Mara Voss | The roof moves in the wind.")]
    // Coordinated speakers and contents.
    [InlineData("Pia Lund and Carlo Benassi said the wells were closed.", "speaker:Pia Lund and Carlo Benassi | the wells were closed")]
    [InlineData("Norhav announced the wells were closed but Pia Lund said they were open.", "speaker:Norhav | the wells were closed\nspeaker:Pia Lund | they were open")]
    [InlineData("Pia Lund denied the allegations, calling them \"a bad joke\".", "speaker:Pia Lund | the allegations\nspeaker:Pia Lund | a bad joke")]
    // What is given, granted or described when something is said.
    [InlineData("Norhav issued a flood warning for the northern quays.", "speaker:Norhav | a flood warning for the northern quays")]
    [InlineData("The mayor offered condolences to the families.", "speaker:mayor | condolences to the families")]
    [InlineData("Announcing the plan on Monday, the minister left the hall by the back door.", "speaker:minister | the plan")]
    [InlineData("The union's argument was that the quay had been unsafe for years.", "speaker:union | the quay had been unsafe for years")]
    [InlineData("Carlo Benassi pleaded not guilty to each count.", "speaker:Carlo Benassi | not guilty to each count")]
    [InlineData("The council lifted the curfew that the governor declared last week.", "speaker:governor | the curfew")]
    [InlineData("Norhav reported at least forty ships damaged.", "speaker:Norhav | at least forty ships damaged")]
    [InlineData("Norhav reported the captain to be alive.", "speaker:Norhav | the captain to be alive")]
    [InlineData("Norhav credited the crew with the rescue.", "speaker:Norhav | the crew with the rescue")]
    [InlineData("Some called for calmer words.", "speaker:Some | calmer words")]
    [InlineData("Protesters' demands include an inquiry into the quay and the release of the captain.", "speaker:Protesters | an inquiry into the quay and the release of the captain")]
    // Where one report ends and the next begins.
    [InlineData("The council stated that a man had been hurt: \"He fell from the quay on Friday.\"", "speaker:council | a man had been hurt\nspeaker:council | He fell from the quay on Friday.")]
    [InlineData("Pia Lund said the wells \"cost us nothing,\" further saying, \"They feed the town.\"", "speaker:Pia Lund | the wells \"cost us nothing,\"\nspeaker:Pia Lund | They feed the town.")]
    [InlineData("Although the winds are said to weaken, the service closed the quay.", " | the winds … to weaken")]
    [InlineData("The quay was safe, argued the union's lawyer, Ilse Grau.", "speaker:Ilse Grau | The quay was safe")]
    [InlineData("The quay, experts say, was never safe.", "speaker:experts | The quay … was never safe")]
    [InlineData("Norhav said if the ships came, the quay would be closed.", "speaker:Norhav | if the ships came, the quay would be closed")]
    [InlineData("The captain said he lost control, with some local media claiming he had slept.", "speaker:captain | he lost control\nspeaker:local media | he had slept")]
    [InlineData("Fires broke out, which the ministry said were under control.", "speaker:ministry | which … were under control")]
    [InlineData("Pia Lund asked whether the wells were safe.", "speaker:Pia Lund | whether the wells were safe")]
    [InlineData("Pia Lund would later say the wells had never been safe.", "speaker:Pia Lund | the wells had never been safe")]
    [InlineData("Officials identified the captain as Carlo Benassi.", "speaker:Officials | Carlo Benassi")]
    [InlineData("Norhav, as the harbour master noted, has no permit.", "speaker:harbour master | Norhav … has no permit")]
    [InlineData("Remarked Ilse Grau, \"The race was hard for all of us.\"", "speaker:Ilse Grau | The race was hard for all of us.")]
    // Names within long mentions.
    [InlineData("Eldmoor Department of Harbours official Ilse Grau said the quay was closed.", "speaker:Ilse Grau | the quay was closed")]
    [InlineData("The study's lead author, doctoral candidate Ilse Grau, said the wells were closed.", "speaker:Ilse Grau | the wells were closed")]
    [InlineData("Mayor of Eldmoor Ilse van der Grau said the wells were closed.", "speaker:Ilse van der Grau | the wells were closed")]
    [InlineData("Eldmoor Water Board chair Ilse Grau, in remarks to the BBC, said the wells were closed.", "relay:BBC > speaker:Ilse Grau > medium:remarks | the wells were closed")]
    [InlineData("USA Today reported the wells were closed.", "speaker:USA Today | the wells were closed")]
    public void Extract_OneConstruction_FindsContentAndChain(string text, string expected) => Describe(text).ShouldBe(expected);

    [Theory]
    [InlineData("Two people familiar with the matter said the budget was moved.")]
    [InlineData("A nurse who spoke on condition of anonymity told the BBC that the ward was closed.")]
    [InlineData("A nurse at the hospital, who asked not to be named, said the ward was closed.")]
    [InlineData("Sources close to the family say the boy is alive.")]
    public void Extract_AnUnnamedSource_IsAnonymous(string text) =>
        Extractor.Extract(text).ShouldHaveSingleItem().Speaker!.Kind.ShouldBe(SourceKind.Anonymous);

    [Theory]
    [InlineData("The so-called \"ghost road\" was opened in June.")]
    [InlineData("Her book \"The Long Way\" won a prize.")]
    [InlineData("The ministry wants to build a road and hopes to open it soon.")]
    [InlineData("The two leaders met on Monday and discussed the road.")]
    [InlineData("The report was published on Monday.")]
    [InlineData("The minister refused to say when the ports would open.")]
    [InlineData("Nobody would say who gave the order.")]
    [InlineData("The minister did not say that the ports were open.")]
    [InlineData("The band played \"Long Night\", \"Short Day\" and \"Old Harbour\".")]
    [InlineData("If the minister said so, the ports would open.")]
    [InlineData("He is suspected of asking for the delay.")]
    [InlineData("No organization claimed the attack.")]
    [InlineData("Marchers with a banner saying \"open the wells for all of us\".")]
    [InlineData("The mayor offered Ilse Grau a tour of the harbour.")]
    [InlineData("The house was threatened by the flood.")]
    [InlineData("The microbe-rich water, called a plume, was seen from space.")]
    [InlineData("The council denied funding for the quay.")]
    [InlineData("The researchers observed flies around horses in the harbour.")]
    [InlineData("The funds come from an auction offering original artwork.")]
    [InlineData("Ilse Grau was the regatta's defending champion.")]
    [InlineData("The speech was cut short by protesting members.")]
    [InlineData("Festival terms offer a way out of the deadlock.")]
    [InlineData("Officers responded quickly and found the boat.")]
    public void Extract_WhatNobodySaid_IsNoClaim(string text) => Describe(text).ShouldBe("");

    [Fact]
    public void Extract_PronounsAndShortNames_AreResolvedToTheFullestName()
    {
        const string Text = "Fisheries Minister Oda Brekke said the ports were open. \"I sent no cable,\" she said. Brekke added that the ships may come.";
        Extractor.Extract(Text).Select(c => c.Speaker!.Resolved).ShouldBe(["Oda Brekke", "Oda Brekke", "Oda Brekke"]);
    }

    [Theory]
    [InlineData("A judge in Eldmoor ruled the quay was safe. Judge Ilse Grau wrote the order.", "Ilse Grau")]
    [InlineData("Eldmoor Governor Ilse Grau was away. The governor of Tidewater said the quay was safe.", "governor")]
    [InlineData("The Harbour Safety Department was founded in 1950. The Department said the quay was safe.", "Harbour Safety Department")]
    [InlineData("President Recep Tayyip Erdoğan spoke. Erdogan said the quay was safe.", "Recep Tayyip Erdoğan")]
    [InlineData("Ilse Grau said: \"He told us the quay was safe.\"", "Ilse Grau", "")]
    [InlineData("Norhav sank. Tidewater Company sent boats. It said the quay was safe.", "Tidewater Company")]
    public void Extract_AShortMention_StandsForWhomTheArticleNames(string text, params string[] names) =>
        Extractor.Extract(text).Select(c => c.Speaker!.Resolved).ShouldBe(names);

    [Fact]
    public void Extract_WhatAnOutletSaysThatSomebodySaid_IsAClaimWithinItsOwn()
    {
        const string Text = "The judge recommended a prison near the coast, according to Reuters.";
        var claims = Extractor.Extract(Text);
        claims.Select(c => c.Content[0].Of(Text)).ShouldBe(["The judge recommended a prison near the coast", "a prison near the coast"]);
        claims[1].Parent.ShouldBe(0);
        claims[1].Chain.Select(l => (l.Role, l.Resolved)).ShouldBe([(LinkRole.Relay, "Reuters"), (LinkRole.Speaker, "judge")]);
    }

    [Theory]
    [InlineData("Erdoğan", "Erdogan")]
    [InlineData("Łódź", "Lodz")]
    [InlineData("Nguyễn Văn Thiệu", "Nguyen Van Thieu")]
    [InlineData("İstanbul", "Istanbul")]
    [InlineData("Ștefan", "Stefan")]
    [InlineData("Москва", "Москва")]
    public void Plain_LettersWithMarks_AreThoseWithout(string word, string expected) => Language.Letters.Plain(word).ShouldBe(expected);

    [Fact]
    public void Extract_AClaimWithinAClaim_HasAParentAndTheWholeChain()
    {
        const string Text = "The Ledger reported the minister said the ports were open.";
        var claims = Extractor.Extract(Text);
        claims.Count.ShouldBe(2);
        claims[1].Parent.ShouldBe(0);
        claims[1].Chain.Select(l => (l.Role, l.Resolved)).ShouldBe([(LinkRole.Relay, "Ledger"), (LinkRole.Speaker, "minister")]);
    }

    [Theory]
    [InlineData("Said. Told. According to. Citing. Reportedly.")]
    public void Extract_ACueWithoutASubject_IsNoClaimAndNoFault(string text) => Describe(text).ShouldBe("");

    [Fact]
    public void Extract_CharactersBeyondTheBasicPlane_AreNeverCut()
    {
        var text = "He said that it is so " + string.Concat(Enumerable.Repeat("\U0001F388", 1500)) + " and so on.";
        foreach (var claim in Extractor.Extract(text))
            foreach (var span in claim.Content)
            {
                char.IsLowSurrogate(text[span.Start]).ShouldBeFalse();
                char.IsHighSurrogate(text[span.End - 1]).ShouldBeFalse();
            }
    }

    [Fact]
    public void Extract_HeadlinesCaptionsAndRepeatedLines_AreLeftOut()
    {
        const string Text = """
            Minister said ports stay open

            By Ann Tell

            Photo: the minister said she likes ships.

            The chart, officials said, is new.
            The chart, officials said, is new.

            Minister Oda Brekke said the ports were open.
            """;
        Extractor.Extract(Text).ShouldHaveSingleItem().Content[0].Of(Text).ShouldBe("the ports were open");
    }

    [Fact]
    public void ClaimLines_TextBeyondTheBasicPlane_CountsCodePoints()
    {
        const string Text = "🎈🎈 Mayor Pia Lund said the town was open.";
        var line = ClaimLines.Write(Text, Extractor.Extract(Text));
        var start = Text.IndexOf("the town", StringComparison.Ordinal) - 2;
        line.ShouldContain($"{{\"start\":{start},\"end\":{start + 17},\"text\":\"the town was open\"}}");
    }
}
