using Shouldly;
using Xunit;

namespace Verify.Attribution.Tests;

/// <summary>Longer sentences, as newspapers write them: where a subject, a content or a medium is easily mistaken for another.</summary>
public sealed class LongSentences
{
    [Theory]
    [InlineData("Howard Lund, a Norhav lawyer representing Brandt, told the Ledger after the verdict \"My client is of course very relieved.\"", "relay:Ledger > speaker:Howard Lund | My client is of course very relieved.")]
    [InlineData("\"Jens was the most brilliant man I have ever known,\" said University of the North, Norhav's chancellor, Pia Lund.", "speaker:Pia Lund | Jens was the most brilliant man I have ever known")]
    [InlineData("In a statement, Maya Brandt, his wife and the current chairwoman of the Harbour Party, said Jens \"worked until his last breath\".", "speaker:Maya Brandt > medium:statement | Jens \"worked until his last breath\"")]
    [InlineData("In response to the strike, Nancy Grau, the Speaker of the House of Representatives, ordered the flags be lowered to half staff.", "speaker:Nancy Grau | the flags be lowered to half staff")]
    [InlineData("Carl Aune, the minority leader, told MSNBC Brandt \"was a great man,\" while the president noted his \"strength and wisdom\" on Twitter.", "relay:MSNBC > speaker:Carl Aune | Brandt \"was a great man,\"\nspeaker:president > medium:Twitter | his \"strength and wisdom\"")]
    [InlineData("Orders will not leave idle capacity, Grau said, and paying back this loan seems realistic; unnamed industry experts called this dubious to Reuters, as the market is saturated.", "speaker:Grau | Orders will not leave idle capacity … and paying back this loan seems realistic\nspeaker:unnamed industry experts | the market is saturated")]
    [InlineData("The engineer came across military records that showed a bomber had attacked a vessel in late February.", "speaker:records | a bomber had attacked a vessel in late February")]
    [InlineData("Ilse Brandt repeatedly called the investigation a \"witch hunt\", and on Twitter referred to the vote as \"The Harbour Hoax\".", "speaker:Ilse Brandt | a \"witch hunt\"\nspeaker:Ilse Brandt > medium:Twitter | The Harbour Hoax")]
    [InlineData("Arnel dela Lund of the army's Western Command said the rebels are the suspected perpetrators.", "speaker:Arnel dela Lund | the rebels are the suspected perpetrators")]
    [InlineData("By Tuesday morning, the storm had dissipated, with an Air Force Reserve survey finding the storm no longer qualified as a hurricane.", "speaker:survey | the storm no longer qualified as a hurricane")]
    [InlineData("Once she was an invited guest, Ilse Brandt recalls realizing \"oh, I'm not here to just have fun, I'm here to work.\"", "speaker:Ilse Brandt | oh, I'm not here to just have fun, I'm here to work.")]
    [InlineData("Lea Brandt said, \"Bishops reporting to themselves, that's been the problem from the beginning.\"", "speaker:Lea Brandt | Bishops reporting to themselves, that's been the problem from the beginning.")]
    [InlineData("The decree also mentions establishing a system to keep the identity of the victims confidential.", "speaker:decree | establishing a system to keep the identity of the victims confidential")]
    [InlineData("Per numbers reported by The Associated Press, 415 thousand priests are subject to the requirement.", "speaker:Associated Press > medium:numbers | 415 thousand priests are subject to the requirement")]
    [InlineData("Harbour Police, which indicated on Monday a change was likely at Tuesday's hearing, face new questions.", "speaker:Harbour Police | a change was likely at Tuesday's hearing")]
    [InlineData("Six of the deaths were, according to agreed facts heard in court, \"violent in nature\" and five of those involved ropes.", "speaker:agreed facts | Six of the deaths were … \"violent in nature\" and five of those involved ropes")]
    [InlineData("Aune gave out the pills to patients from five states, prosecutors said, some driving to his office from afar.", "speaker:prosecutors | Aune gave out the pills to patients from five states")]
    [InlineData("Another co-author, civil and environmental engineering professor Udo Kern, said, \"We have seen that.\"", "speaker:Udo Kern | We have seen that.")]
    [InlineData("Ilse Grau of the University of Norhav, Eldmoor disagreed with these findings: \"The existence of wells is well known.\"", "speaker:Ilse Grau | these findings\nspeaker:Ilse Grau | The existence of wells is well known.")]
    [InlineData("A gunman shot shoppers at a store in Eldmoor, Norhav, with the death toll rising to 22 people on Monday, reported officials, with 25 others injured.", "speaker:officials | A gunman shot shoppers at a store in Eldmoor, Norhav, with the death toll rising to 22 people on Monday … with 25 others injured")]
    [InlineData("Udo Kern told the Ledger, \"All we need to do is ask her to come back.\"", "relay:Ledger > speaker:Udo Kern | All we need to do is ask her to come back.")]
    [InlineData("The agency identified him only as \"Mr. A\" as the investigation continued.", "speaker:agency | Mr. A")]
    [InlineData("Jens Aune has admitted to ordering the payments, according to prosecutors, but the ministry maintains a policy of not charging him.", "speaker:prosecutors | Jens Aune has admitted to ordering the payments\nrelay:prosecutors > speaker:Jens Aune | to ordering the payments")]
    [InlineData("The account of the Morning Show, which replaced the Evening Show, hosted by Udo Kern, who worked for Grau, tweeted: \"You paved the way for us and many more.\"", "speaker:account | You paved the way for us and many more.")]
    [InlineData("One interviewee said people changed their minds and several said they wanted the politicians to stop ignoring them.", "speaker:interviewee | people changed their minds\nspeaker:several | they wanted the politicians to stop ignoring them")]
    [InlineData("Some of the protesters the Ledger interviewed said they had gone to defend their rights.", "speaker:protesters | they had gone to defend their rights")]
    [InlineData("Ilse Grau announced her 2020 candidacy in 2013 during a jailhouse interview.", "speaker:Ilse Grau > medium:interview | her 2020 candidacy")]
    [InlineData("She informed police she had immunity, but \"that she had no plans to leave the country\".", "speaker: | she had immunity, but \"that she had no plans to leave the country\"")]
    [InlineData("Egyptologists have reported they were sacrificed to the god Thoth, who is often depicted with the head of a bird.", "speaker:Egyptologists | they were sacrificed to the god Thoth")]
    [InlineData("Udo Kern suggested he would not run and Grau has decided to run in the primaries.", "speaker:Udo Kern | he would not run")]
    [InlineData("The scientists noted various causes of the disappearance, though Dr. Lea Brandt of the University of Norhav has reported a link with the whales.", "speaker:scientists | various causes of the disappearance\nspeaker:Lea Brandt | a link with the whales")]
    [InlineData("According to a survey published in 2017 by the Royal Society of Norhav, 84% of those asked did not wash their hands.", "speaker:Royal Society of Norhav > medium:survey | 84% of those asked did not wash their hands")]
    [InlineData("Because warmer water is more buoyant, says the study, it rises above cooler water.", "speaker:study | Because warmer water is more buoyant … it rises above cooler water")]
    [InlineData("Ilse Grau died in what has widely been called an accident.", " | an accident")]
    [InlineData("A similar eruption was found to be associated with more salmon.", " | A similar eruption … to be associated with more salmon")]
    [InlineData("When interviewed by the BBC, Ilse Grau said of Kern, \"Nothing was ever talked about.\"", "relay:BBC > speaker:Ilse Grau | Nothing was ever talked about.")]
    [InlineData("Fashion designer Ilse Grau described Brandt to the BBC in 2002: \"She was wonderful.\"", "relay:BBC > speaker:Ilse Grau | She was wonderful.")]
    [InlineData("More than two million people replied they would attend.", "speaker:two million people | they would attend")]
    [InlineData("Over a thousand were reported to have reached the town, but most did not make the final trek.", " | a thousand … to have reached the town")]
    [InlineData("Udo Kern was accused of the theft, which he denied.", " | of the theft\nspeaker:Udo Kern | which")]
    [InlineData("Remarked Center for Wild Waters scientist Lea Brandt, \"This reprieve is a thank-you from the butterflies.\"", "speaker:Lea Brandt | This reprieve is a thank-you from the butterflies.")]
    [InlineData("In a statement posted to her account, Secretary Ilse Lund affirmed her willingness to accept the role, writing, \"We need certainty.\"", "speaker:Ilse Lund > medium:statement | her willingness to accept the role\nspeaker:Ilse Lund | We need certainty.")]
    [InlineData("Brandt opposes it, and his critics, which include the activism group Greenpeace, blame him for encouraging farmers to set fires.", "speaker:critics | encouraging farmers to set fires")]
    [InlineData("The spray is made of polymers, specifically silicone, that Udo Kern described as resembling human hairs.", "speaker:Udo Kern | resembling human hairs")]
    [InlineData("Friday was when, according to earlier event plans, millions of people were to storm the base.", "speaker:earlier event plans | Friday was when … millions of people were to storm the base")]
    [InlineData("Ilse Grau confessed to acting alone.", "speaker:Ilse Grau | to acting alone")]
    [InlineData("The court delivered a list of the 38 countries they said were involved.", "speaker: | a list of the 38 countries … were involved")]
    [InlineData("The United Nations called the resulting crisis the worst in the world.", "speaker:United Nations | the worst in the world")]
    [InlineData("Ilse Grau said he died in Eldmoor without elaborating.", "speaker:Ilse Grau | he died in Eldmoor")]
    [InlineData("The WHO said the outbreak was over.", "speaker:WHO | the outbreak was over")]
    [InlineData("\"We were flabbergasted,\" Udo Kern told National Geographic.", "relay:National Geographic > speaker:Udo Kern | We were flabbergasted")]
    [InlineData("Former Ambassador to the United Nations Nikki Brandt wrote on Twitter, \"We must go.\"", "speaker:Nikki Brandt > medium:Twitter | We must go.")]
    [InlineData("A Republican, Mark Aune, has publicly voiced support for the inquiry.", "speaker:Mark Aune | support for the inquiry")]
    [InlineData("Ilse Grau was in hospital for several months and according to the ministry she died at home.", "speaker:ministry | she died at home")]
    [InlineData("\"It is so,\" Udo Kern said in a video statement released in conjunction with a visit to Eldmoor.", "speaker:Udo Kern > medium:statement | It is so")]
    [InlineData("Some scholars spoke of an imminent incursion into the north.", "speaker:scholars | of an imminent incursion into the north")]
    [InlineData("\"This may be due to the stripes,\" said study co-author and research director Udo Kern.", "speaker:Udo Kern | This may be due to the stripes")]
    [InlineData("\"It was long planned,\" said mayor Pia Lund and governor Carlo Benassi.", "speaker:Pia Lund and Carlo Benassi | It was long planned")]
    // A report of a report.
    [InlineData("Harbour masters were told to give no reason in writing, the Tidewater Courier reported on Monday.", "speaker:Tidewater Courier | Harbour masters were told to give no reason in writing\nrelay:Tidewater Courier | to give no reason in writing")]
    [InlineData("The mayor said the wells were closed, and the quay was open, the Ledger reported on Monday.", "speaker:Ledger | The mayor said the wells were closed, and the quay was open\nrelay:Ledger > speaker:mayor | the wells were closed, and the quay was open")]
    public void Extract_ALongSentence_FindsContentAndChain(string text, string expected) => Constructions.Describe(text).ShouldBe(expected);

    [Theory]
    [InlineData("She was given a chance to audition years later, when Norhavmedia dubbed the first two seasons of Sailor Sun.")]
    [InlineData("Judge Lea Brandt dismissed the president's lawsuit.")]
    [InlineData("The court demonstrated a shocking ignorance of the technology.")]
    [InlineData("President Jens Aune ruled Norhav for years, serving as its first prime minister.")]
    [InlineData("Cream recorded four albums.")]
    [InlineData("Later, Ilse Grau found success with another band.")]
    [InlineData("Members of the house committee do not all agree on how inquiries work.")]
    [InlineData("Doctor Lea Brandt spoke with reporters at the harbour.")]
    [InlineData("((WN)) What will you do if a court rules your order unlawful?")]
    public void Extract_WhatOnlyLooksLikeAReport_IsNoClaim(string text) => Constructions.Describe(text).ShouldBe("");

    [Theory]
    // The one who spoke, whether or not the noun tells if it is he or she.
    [InlineData("Pia Lund left the court on Monday. The head of the inquiry told the court \"Basic work was not done.\" She also said \"I regret it.\"", "head")]
    // Another of the family; a second surname; one who is named within another's words.
    [InlineData("Tony Lund died on Monday. His wife Jonna Lund was there. Lund once told the Ledger he was an artist first.", "Tony Lund")]
    [InlineData("Secretary Wanda Grau Benassi was sworn in. Governor Grau said she would fill the post.", "Wanda Grau Benassi")]
    [InlineData("The Ledger revealed that Prince Jens Aune accepted responsibility. Speaking to Udo Kern of the BBC, he said, \"It happened under my watch.\"", "Jens Aune")]
    // Two who speak together are they.
    [InlineData("The study's lead authors, Udo Kern of Eldmoor and Ilse Grau of Norhav, said the water was warm. They found the ice was thin.", "Udo Kern and Ilse Grau")]
    public void Extract_TheLastClaim_IsOf(string text, string speaker) => Extractor.Extract(text)[^1].Speaker!.Resolved.ShouldBe(speaker);

    [Fact]
    public void Extract_HalfQuotedSentenceWithoutACue_IsOfWhoSpokeInTheParagraph()
    {
        const string Text = "Ilse Grau told the Ledger the mask was her own work. The mask \"is very warm and so I have to stay calm\".";
        var claim = Extractor.Extract(Text)[^1];
        claim.Construction.ShouldBe("uncued");
        claim.Content.ShouldHaveSingleItem().Of(Text).ShouldBe("The mask \"is very warm and so I have to stay calm\"");
        claim.Speaker!.Resolved.ShouldBe("Ilse Grau");
        claim.Chain.ShouldAllBe(l => l.Cue.Count == 0);
        claim.Cue.ShouldBeNull();
        claim.Quotation.ShouldBe(Quotation.Mixed);
    }

    [Theory]
    // No speaker in the paragraph; a title; words that are doubted.
    [InlineData("Ilse Grau told the Ledger the mask was her own work.\n\nThe mask \"is very warm and so one has to stay calm\" in the harbour hall of Eldmoor.")]
    [InlineData("Ilse Grau told the Ledger the mask was her own work. She wore it in \"The Long Way To The Harbour Wall\" last year.")]
    [InlineData("Ilse Grau told the Ledger the mask was her own work. The screens are used as \"eyes\" of the mask.")]
    public void Extract_QuotationMarksAroundSomethingElse_AreNoClaim(string text) => Extractor.Extract(text).ShouldHaveSingleItem().Construction.ShouldBe("reported");
}
