using System.Reflection;

namespace Microsoft.ML.Spiking.Tests.Documents;

[TestClass]
public class OptionsPageTests
{
    private static readonly string s_page = Path.Combine(
        typeof(OptionsPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!, "docs", "options.md");

    public static IEnumerable<object[]> Records => OptionsPage.Records.Select(record => new object[] { record });

    [TestMethod]
    public void The_page_is_what_the_options_are()
    {
        string page = OptionsPage.Write();
        if (Environment.GetEnvironmentVariable("SPIKING_WRITE_DOCS") == "1") File.WriteAllText(s_page, page);

        string[] committed = File.ReadAllText(s_page).ReplaceLineEndings("\n").Split('\n'), now = page.Split('\n');
        int line = committed.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.IsTrue(line == committed.Length && line == now.Length,
            $"docs/options.md is out of date from line {line + 1}, which should read '{now.ElementAtOrDefault(line)}'; run this test with SPIKING_WRITE_DOCS=1 and commit the page.");
    }

    [TestMethod]
    [DynamicData(nameof(Records))]
    public void Every_doc_comment_states_the_real_default(Type record)
    {
        string[] wrong = [.. from member in OptionsPage.Members(record)
                             let stated = StatedDefault.Of(member)
                             let real = member.GetValue(OptionsPage.Fresh(record))
                             where stated.Words is null ? !IsNothing(real) : !StatedDefault.Agrees(stated.Words, real)
                             select $"{record.Name}.{member.Name} is {real ?? "null"} by default, but its comment says '{stated.Words ?? "nothing of it"}'"];

        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    [DynamicData(nameof(Records))]
    public void Where_it_says_what_was_published_the_reference_has_it(Type record)
    {
        string[] wrong = [.. from member in OptionsPage.Members(record)
                             let published = StatedDefault.Of(member).Published
                             where published is not null
                             from held in OptionsPage.Held(record, SpikingNetworkOptions.Reference).DefaultIfEmpty()
                             where held.Record is null || !StatedDefault.Agrees(published, member.GetValue(held.Record))
                             select $"{record.Name}.{member.Name} is {(held.Record is null ? "nowhere" : member.GetValue(held.Record) ?? "null")} in Reference, but its comment says '{published}'"];

        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void All_parts_of_the_options_are_on_it()
        => CollectionAssert.IsSubsetOf(
            (string[])["LifNeuron", "ReceptiveField", "WattsStrogatz", "ImageAugmentation", "ElasticDistortion", "RateCode", "SigmoidCode", "TopKCode", "TrainingCode", "DeterministicCode", "Surrogate", "ATan", "Reservoir", "Readout", "CorrelationStdp", "ProductStdp", "Homeostasis", "StructuralPlasticity", "AdamW"],
            OptionsPage.Records.Select(record => record.Name).ToArray());

    [TestMethod]
    [DataRow("0.02", 0.02, true)]
    [DataRow("5e-4", 0.0005, true)]
    [DataRow("0.02", 0.03, false)]
    [DataRow("0, of which sigmoid makes 0.5", 0.0, true)]
    [DataRow("null", null, true)]
    [DataRow("null", 1, false)]
    [DataRow("\"Label\"", "Label", true)]
    [DataRow("Detached", ResetGradient.Attached, false)]
    public void Words_and_values_are_compared(string words, object? value, bool agree) => Assert.AreEqual(agree, StatedDefault.Agrees(words, value));

    [TestMethod]
    public void Numbers_in_words_about_a_record_must_be_its_own()
    {
        var neuron = new LifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 2.5f };

        Assert.IsTrue(StatedDefault.Agrees("time constants 5 and 2 steps, threshold 2.5", neuron));
        Assert.IsFalse(StatedDefault.Agrees("time constants 5 and 2 steps, threshold 2.4", neuron));
        Assert.IsFalse(StatedDefault.Agrees("Readout, of 256 units", neuron));
    }

    private static bool IsNothing(object? value) => value is null or CancellationToken;
}
