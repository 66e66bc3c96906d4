using System.Text;

namespace Microsoft.ML.Spiking.Tests.Storage;

/// <summary>JSON of strangers is read or refused by one exception, whatever is wrong with it.</summary>
[TestClass]
public class StoredJsonTests
{
    [TestMethod]
    public void Members_that_are_left_out_are_as_by_default()
    {
        SpikingNetwork read = StoredJson.Read("""{"TimeSteps": 3, "Layers": [{"$type": "columns", "Columns": 5}]}"""u8, SpikingJson.Default.SpikingNetwork);

        Assert.AreEqual(new SpikingNetwork { TimeSteps = 3, Layers = [new ColumnLayer { Columns = 5 }] }, read);
    }

    [TestMethod]
    [DataRow("", "no sound JSON")]
    [DataRow("{", "no sound JSON")]
    [DataRow("null", "no JSON object")]
    [DataRow("[]", "no JSON object")]
    [DataRow("""{"TimeSteps": 1, "TimeSteps": 2}""", "Duplicate")]
    [DataRow("""{"TimeSteps": 99999999999}""", "TimeSteps")]
    [DataRow("""{"TimeSteps": "1"}""", "TimeSteps")]
    [DataRow("""{"EvaluationCode": null}""", "EvaluationCode")]
    [DataRow("""{"EvaluationCode": {}}""", "a EvaluationCode of the discriminator '', but this version knows 'expected', 'training', 'deterministic'")]
    [DataRow("""{"Code": {"$type": "morse"}}""", "a SpikeCode of the discriminator 'morse', but this version knows 'rate'")]
    [DataRow("""{"Code": {"$type": 1}}""", "a SpikeCode of the discriminator ''")]
    [DataRow("""{"Code": []}""", "Code")]
    [DataRow("""{"Layers": null}""", "Layers")]
    [DataRow("""{"Layers": [{"$type": "columns", "Excitatory": null}]}""", "Excitatory")]
    [DataRow("""{"Readout": {"Layers": "\ud800"}}""", "at byte 23 that is no Unicode")]
    [DataRow("""{"\udc00": 1}""", "at byte 1 that is no Unicode")]
    public void What_is_no_network_is_refused_with_the_reason(string json, string reason)
        => StringAssert.Contains(Refusal(Encoding.UTF8.GetBytes(json)), reason);

    [TestMethod]
    public void Bytes_that_are_no_text_are_refused() => StringAssert.Contains(Refusal([.. "{\"A"u8, 0xC0, .. "\": 1}"u8]), "no Unicode");

    [TestMethod]
    public void Depth_is_no_danger() => Refusal(Encoding.UTF8.GetBytes(new string('[', 1_000_000)));

    private static string Refusal(byte[] json)
        => Assert.ThrowsExactly<InvalidDataException>(() => StoredJson.Read(json, SpikingJson.Default.SpikingNetwork)).Message;
}
