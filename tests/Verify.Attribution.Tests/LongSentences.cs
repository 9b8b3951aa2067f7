using Shouldly;
using Xunit;

namespace Verify.Attribution.Tests;

/// <summary>Longer sentences, as newspapers write them: where a subject, a content or a medium is easily mistaken for another.</summary>
public sealed class LongSentences
{
    [Theory]
    [InlineData("Howard Lund, a Norhav lawyer representing Brandt, told the Ledger after the verdict \"My client is glad that it is over.\"", "relay:Ledger > speaker:Howard Lund | My client is glad that it is over.")]
    [InlineData("\"Jens built half of this harbour,\" said University of the North, Norhav's chancellor, Pia Lund.", "speaker:Pia Lund | Jens built half of this harbour")]
    [InlineData("In a statement, Maya Brandt, his wife and the current chairwoman of the Harbour Party, said Jens \"mended nets to the end\".", "speaker:Maya Brandt > medium:statement | Jens \"mended nets to the end\"")]
    [InlineData("In response to the strike, Nancy Grau, the Speaker of the House of Representatives, ordered the lamps be put out at ten.", "speaker:Nancy Grau | the lamps be put out at ten")]
    [InlineData("Carl Aune, the minority leader, told MSNBC Brandt \"was a patient man,\" while the president noted his \"courage and patience\" on Twitter.", "relay:MSNBC > speaker:Carl Aune | Brandt \"was a patient man,\"\nspeaker:president > medium:Twitter | his \"courage and patience\"")]
    [InlineData("The yards will stay full, Grau said, and paying for the dock seems easy; unnamed industry experts called this doubtful to Reuters, as the market is shrinking.", "speaker:Grau | The yards will stay full … and paying for the dock seems easy\nspeaker:unnamed industry experts | the market is shrinking")]
    [InlineData("The engineer came across harbour records that showed a trawler had rammed a buoy in late February.", "speaker:records | a trawler had rammed a buoy in late February")]
    [InlineData("Ilse Brandt repeatedly called the investigation a \"witch hunt\", and on Twitter referred to the vote as \"The Harbour Hoax\".", "speaker:Ilse Brandt | a \"witch hunt\"\nspeaker:Ilse Brandt > medium:Twitter | The Harbour Hoax")]
    [InlineData("Arnel dela Lund of the army's Western Command said the smugglers are the suspected owners.", "speaker:Arnel dela Lund | the smugglers are the suspected owners")]
    [InlineData("By Tuesday morning, the fog had lifted, with a Coast Guard Reserve survey finding the buoys no longer stood in a row.", "speaker:survey | the buoys no longer stood in a row")]
    [InlineData("Once she was on board, Ilse Brandt recalls realizing \"oh, I'm not a visitor now, I'm part of the crew.\"", "speaker:Ilse Brandt | oh, I'm not a visitor now, I'm part of the crew.")]
    [InlineData("Lea Brandt said, \"Captains reporting to themselves, that's how it went wrong for years.\"", "speaker:Lea Brandt | Captains reporting to themselves, that's how it went wrong for years.")]
    [InlineData("The decree also mentions establishing a fund to keep the names of the skippers secret.", "speaker:decree | establishing a fund to keep the names of the skippers secret")]
    [InlineData("Per numbers reported by The Associated Press, 415 thousand boats are subject to the levy.", "speaker:Associated Press > medium:numbers | 415 thousand boats are subject to the levy")]
    [InlineData("Harbour Police, which indicated on Monday an arrest was likely at Tuesday's meeting, face new questions.", "speaker:Harbour Police | an arrest was likely at Tuesday's meeting")]
    [InlineData("Six of the fires were, according to agreed facts heard in court, \"electrical in origin\" and five of those involved pumps.", "speaker:agreed facts | Six of the fires were … \"electrical in origin\" and five of those involved pumps")]
    [InlineData("Aune sold the permits to skippers from five ports, prosecutors said, some sailing to his office from afar.", "speaker:prosecutors | Aune sold the permits to skippers from five ports")]
    [InlineData("Another co-author, civil and environmental engineering professor Udo Kern, said, \"We have seen that.\"", "speaker:Udo Kern | We have seen that.")]
    [InlineData("Ilse Grau of the University of Norhav, Eldmoor disagreed with these findings: \"The existence of wells is well known.\"", "speaker:Ilse Grau | these findings\nspeaker:Ilse Grau | The existence of wells is well known.")]
    [InlineData("A crane struck sheds at a quay in Eldmoor, Norhav, with the number lost rising to 22 boats on Monday, reported officials, with 25 others injured.", "speaker:officials | A crane struck sheds at a quay in Eldmoor, Norhav, with the number lost rising to 22 boats on Monday … with 25 others injured")]
    [InlineData("Udo Kern told the Ledger, \"All they have to do is ask him to turn round.\"", "relay:Ledger > speaker:Udo Kern | All they have to do is ask him to turn round.")]
    [InlineData("The agency identified him only as \"Captain B\" as the search continued.", "speaker:agency | Captain B")]
    [InlineData("Jens Aune has admitted to moving the buoys, according to prosecutors, but the ministry maintains a policy of not fining him.", "speaker:prosecutors | Jens Aune has admitted to moving the buoys\nrelay:prosecutors > speaker:Jens Aune | to moving the buoys")]
    [InlineData("The account of the Morning Show, which replaced the Evening Show, hosted by Udo Kern, who worked for Grau, tweeted: \"You lit our way home.\"", "speaker:account | You lit our way home.")]
    [InlineData("One interviewee said people wanted a bridge and several said they wanted the council to answer them.", "speaker:interviewee | people wanted a bridge\nspeaker:several | they wanted the council to answer them")]
    [InlineData("Some of the protesters the Ledger interviewed said they had come to defend their wells.", "speaker:protesters | they had come to defend their wells")]
    [InlineData("Ilse Grau announced her 2020 crossing in 2013 during a dockside interview.", "speaker:Ilse Grau > medium:interview | her 2020 crossing")]
    [InlineData("She informed police she had a permit, but \"that she had no wish to use it\".", "speaker: | she had a permit, but \"that she had no wish to use it\"")]
    [InlineData("Archaeologists have reported they were buried for the sea god Orm, who is often depicted with the tail of an eel.", "speaker:Archaeologists | they were buried for the sea god Orm")]
    [InlineData("Udo Kern suggested he would not sail and Grau has decided to take the ferry.", "speaker:Udo Kern | he would not sail")]
    [InlineData("The scientists noted various causes of the decline, though Dr. Lea Brandt of the University of Norhav has reported a link with the dredging.", "speaker:scientists | various causes of the decline\nspeaker:Lea Brandt | a link with the dredging")]
    [InlineData("According to a survey published in 2017 by the Royal Society of Norhav, 84% of those asked did not lock their boats.", "speaker:Royal Society of Norhav > medium:survey | 84% of those asked did not lock their boats")]
    [InlineData("Because fresh water is lighter, says the study, it stays above the salt.", "speaker:study | Because fresh water is lighter … it stays above the salt")]
    [InlineData("Ilse Grau died in what has widely been called an accident.", " | an accident")]
    [InlineData("A similar flood was found to be associated with more eels.", " | A similar flood … to be associated with more eels")]
    [InlineData("When interviewed by the BBC, Ilse Grau said of Kern, \"He kept it to himself.\"", "relay:BBC > speaker:Ilse Grau | He kept it to himself.")]
    [InlineData("Fashion designer Ilse Grau described Brandt to the BBC in 2002: \"She was wonderful.\"", "relay:BBC > speaker:Ilse Grau | She was wonderful.")]
    [InlineData("More than two thousand people replied they would come.", "speaker:two thousand people | they would come")]
    [InlineData("Over a thousand were reported to have reached the pier, but most did not board the boat.", " | a thousand … to have reached the pier")]
    [InlineData("Udo Kern was accused of the theft, which he denied.", " | of the theft\nspeaker:Udo Kern | which")]
    [InlineData("Remarked Center for Wild Waters scientist Lea Brandt, \"This good year is a gift from the people upstream.\"", "speaker:Lea Brandt | This good year is a gift from the people upstream.")]
    [InlineData("In a statement posted to her account, Secretary Ilse Lund affirmed her readiness to take the post, writing, \"We need calm.\"", "speaker:Ilse Lund > medium:statement | her readiness to take the post\nspeaker:Ilse Lund | We need calm.")]
    [InlineData("Brandt opposes it, and his critics, which include the activism group Clear Water, blame him for encouraging skippers to dump oil.", "speaker:critics | encouraging skippers to dump oil")]
    [InlineData("The wall is made of blocks, specifically granite, that Udo Kern described as resembling fish scales.", "speaker:Udo Kern | resembling fish scales")]
    [InlineData("Friday was when, according to earlier event plans, thousands of people were to fill the square.", "speaker:earlier event plans | Friday was when … thousands of people were to fill the square")]
    [InlineData("Ilse Grau confessed to acting alone.", "speaker:Ilse Grau | to acting alone")]
    [InlineData("The court delivered a list of the 38 ships they said were involved.", "speaker: | a list of the 38 ships … were involved")]
    [InlineData("The United Nations called the resulting shortage the worst in a century.", "speaker:United Nations | the worst in a century")]
    [InlineData("Ilse Grau said he died in Eldmoor without elaborating.", "speaker:Ilse Grau | he died in Eldmoor")]
    [InlineData("The WHO said the outbreak was over.", "speaker:WHO | the outbreak was over")]
    [InlineData("\"We were speechless,\" Udo Kern told National Geographic.", "relay:National Geographic > speaker:Udo Kern | We were speechless")]
    [InlineData("Former Ambassador to the United Nations Nikki Brandt wrote on Twitter, \"We must go.\"", "speaker:Nikki Brandt > medium:Twitter | We must go.")]
    [InlineData("A Republican, Mark Aune, has publicly voiced support for the inquiry.", "speaker:Mark Aune | support for the inquiry")]
    [InlineData("Ilse Grau was in hospital for several months and according to the ministry she died at home.", "speaker:ministry | she died at home")]
    [InlineData("\"It is so,\" Udo Kern said in a video statement released in conjunction with a visit to Eldmoor.", "speaker:Udo Kern > medium:statement | It is so")]
    [InlineData("Some scholars spoke of an imminent closure of the strait.", "speaker:scholars | of an imminent closure of the strait")]
    [InlineData("\"This may be due to the tide,\" said study co-author and research director Udo Kern.", "speaker:Udo Kern | This may be due to the tide")]
    [InlineData("\"It was long planned,\" said mayor Pia Lund and governor Carlo Benassi.", "speaker:Pia Lund and Carlo Benassi | It was long planned")]
    // A report of a report.
    [InlineData("Harbour masters were told to give no reason in writing, the Tidewater Courier reported on Monday.", "speaker:Tidewater Courier | Harbour masters were told to give no reason in writing\nrelay:Tidewater Courier | to give no reason in writing")]
    [InlineData("The mayor said the wells were closed, and the quay was open, the Ledger reported on Monday.", "speaker:Ledger | The mayor said the wells were closed, and the quay was open\nrelay:Ledger > speaker:mayor | the wells were closed, and the quay was open")]
    public void Extract_ALongSentence_FindsContentAndChain(string text, string expected) => Constructions.Describe(text).ShouldBe(expected);

    [Theory]
    [InlineData("She joined the cast years later, when Norhavmedia dubbed the first two seasons of Sailor Sun.")]
    [InlineData("Judge Lea Brandt dismissed the president's lawsuit.")]
    [InlineData("The court demonstrated a surprising command of the charts.")]
    [InlineData("President Jens Aune ruled Norhav for years, serving as its first prime minister.")]
    [InlineData("The Tides recorded four albums.")]
    [InlineData("Later, Ilse Grau found success with another band.")]
    [InlineData("Members of the house committee do not all agree on how locks work.")]
    [InlineData("Doctor Lea Brandt spoke with reporters at the harbour.")]
    [InlineData("((WN)) What will you do if a court rules your order unlawful?")]
    public void Extract_WhatOnlyLooksLikeAReport_IsNoClaim(string text) => Constructions.Describe(text).ShouldBe("");

    [Theory]
    // The one who spoke, whether or not the noun tells if it is he or she.
    [InlineData("Pia Lund left the court on Monday. The head of the inquiry told the court \"Basic work was not done.\" She also said \"I regret it.\"", "head")]
    // Another of the family; a second surname; one who is named within another's words.
    [InlineData("Mats Lund died on Monday. His wife Jorunn Lund was there. Lund once told the Ledger he was a painter at heart.", "Mats Lund")]
    [InlineData("Secretary Wanda Grau Benassi was sworn in. Governor Grau said she would fill the post.", "Wanda Grau Benassi")]
    [InlineData("The Ledger revealed that Prince Jens Aune accepted responsibility. Speaking to Udo Kern of the BBC, he said, \"It was my order.\"", "Jens Aune")]
    // Two who speak together are they.
    [InlineData("The study's lead authors, Udo Kern of Eldmoor and Ilse Grau of Norhav, said the water was warm. They found the ice was thin.", "Udo Kern and Ilse Grau")]
    public void Extract_TheLastClaim_IsOf(string text, string speaker) => Extractor.Extract(text)[^1].Speaker!.Resolved.ShouldBe(speaker);

    [Fact]
    public void Extract_HalfQuotedSentenceWithoutACue_IsOfWhoSpokeInTheParagraph()
    {
        const string Text = "Ilse Grau told the Ledger the mask was her own work. The mask \"is quite heavy and so I have to rest often\".";
        var claim = Extractor.Extract(Text)[^1];
        claim.Construction.ShouldBe("uncued");
        claim.Content.ShouldHaveSingleItem().Of(Text).ShouldBe("The mask \"is quite heavy and so I have to rest often\"");
        claim.Speaker!.Resolved.ShouldBe("Ilse Grau");
        claim.Chain.ShouldAllBe(l => l.Cue.Count == 0);
        claim.Cue.ShouldBeNull();
        claim.Quotation.ShouldBe(Quotation.Mixed);
    }

    [Theory]
    // No speaker in the paragraph; a title; words that are doubted.
    [InlineData("Ilse Grau told the Ledger the mask was her own work.\n\nThe mask \"is quite heavy and so one has to rest often\" in the harbour hall of Eldmoor.")]
    [InlineData("Ilse Grau told the Ledger the mask was her own work. She wore it in \"The Long Way To The Harbour Wall\" last year.")]
    [InlineData("Ilse Grau told the Ledger the mask was her own work. The screens are used as \"eyes\" of the mask.")]
    public void Extract_QuotationMarksAroundSomethingElse_AreNoClaim(string text) => Extractor.Extract(text).ShouldHaveSingleItem().Construction.ShouldBe("reported");
}
