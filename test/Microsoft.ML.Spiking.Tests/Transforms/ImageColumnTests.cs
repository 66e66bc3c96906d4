using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>An image cannot be read ahead of: beside one, rows are scored one after the other.</summary>
[TestClass]
public class ImageColumnTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Predictions_beside_an_image_are_the_same_and_the_image_is_its_rows()
    {
        SpikingModel model = GoldenFile.OpenOwn("network_evaluation").Model();
        var random = CounterRandom.FromSeed(3);
        int inputs = model.Input.Inputs;
        Pictured[] rows = [.. Enumerable.Range(0, 40).Select(row => new Pictured
        {
            Features = [.. Enumerable.Range(0, inputs).Select(i => (float)random.Normal((ulong)(row * inputs + i)))],
            Picture = MLImage.CreateFromPixels(row + 1, 1, MLPixelFormat.Rgba32, new byte[4 * (row + 1)]),
        })];
        var schema = SchemaDefinition.Create(typeof(Pictured));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, inputs);
        IDataView scored = new SpikingNetworkTransformer(_ml, model, labels: null).Transform(_ml.Data.LoadFromEnumerable(rows, schema));
        float[][] alone = [.. scored.GetColumn<float[]>("Score")];

        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Picture"], scored.Schema["Score"]]);
        ValueGetter<MLImage> getPicture = cursor.GetGetter<MLImage>(scored.Schema["Picture"]);
        ValueGetter<VBuffer<float>> getScore = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        MLImage picture = null!;
        VBuffer<float> score = default;
        for (int row = 0; row < rows.Length; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getScore(ref score);
            getPicture(ref picture);
            CollectionAssert.AreEqual(alone[row], score.DenseValues().ToArray());
            Assert.AreEqual(row + 1, picture.Width);
        }
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreNotEqual(alone[0][0], alone[1][0]);
    }

    private sealed class Pictured
    {
        public float[] Features { get; set; } = [];

        [ImageType(1, 1)]
        public MLImage Picture { get; set; } = null!;
    }
}
