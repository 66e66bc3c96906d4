using System.Text;

namespace Microsoft.ML.Spiking.Tests.Tensors;

[TestClass]
public class SafetensorsHeaderTests
{
    [TestMethod]
    public void Tensors_and_texts_are_read_in_any_order()
    {
        SafetensorsHeader header = Read("""
            {"b": {"shape": [], "data_offsets": [8, 12], "dtype": "I32"}, "__metadata__": {"who": "é✓"}, "a": {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}}
            """);

        Assert.AreEqual("é✓", header.Metadata["who"]);
        Assert.AreEqual(("F64", 0L, 8L), (header.Tensors["a"].Type, header.Tensors["a"].Begin, header.Tensors["a"].Bytes));
        Assert.IsEmpty(header.Tensors["b"].Shape);
        CollectionAssert.AreEqual((string[])["a", "b"], header.InOrder(12));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("{} {}")]
    [DataRow("{\"a\": null}")]
    [DataRow("{\"a\": {}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [-1], \"data_offsets\": [0, 4]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 4]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 0]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4, 8]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1,1,1,1,1,1,1,1,1], \"data_offsets\": [0, 4]}}")]
    [DataRow("{\"a\": {\"dtype\": 1, \"shape\": [1], \"data_offsets\": [0, 4]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 4]}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4], \"more\": 1}}")]
    [DataRow("{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}, \"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}")]
    [DataRow("{\"__metadata__\": {\"a\": 1}}")]
    [DataRow("{\"__metadata__\": {\"a\": \"\\ud800\"}}")]
    [DataRow("{\"__metadata__\": {\"a\": \"\", \"a\": \"\"}}")]
    [DataRow("{\"__metadata__\": {}, \"__metadata__\": {\"a\": \"\"}, \"a\": [[[[[[[")]
    public void What_is_no_header_is_refused(string json) => Assert.ThrowsExactly<InvalidDataException>(() => Read(json));

    [TestMethod]
    [DataRow(0, 8, 8, 12, 13)]
    [DataRow(0, 8, 9, 13, 13)]
    [DataRow(0, 8, 4, 12, 12)]
    [DataRow(4, 8, 8, 12, 12)]
    public void Tensors_must_take_every_byte_once(int begin, int end, int next, int last, int bytes)
    {
        SafetensorsHeader header = Read(
            $"{{\"a\": {{\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [{begin}, {end}]}}, \"b\": {{\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [{next}, {last}]}}}}");

        Assert.ThrowsExactly<InvalidDataException>(() => header.InOrder(bytes));
    }

    private static SafetensorsHeader Read(string json) => SafetensorsHeader.Read(Encoding.UTF8.GetBytes(json));
}
