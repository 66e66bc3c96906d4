using System.Xml.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class ConfusionPictureTests
{
    // Of four cats one is taken for a dog; both dogs are dogs.
    private static readonly ConfusionMatrix s_matrix = Matrix((1, 1), (1, 1), (1, 1), (1, 2), (2, 2), (2, 2));

    [TestMethod]
    public void A_mistake_stands_in_the_row_of_the_truth_and_the_column_of_the_answer()
    {
        XElement picture = Drawn.Read(SpikePictures.Confusion(s_matrix, ["cat", "dog"]));
        CollectionAssert.AreEqual((string[])["cat taken for cat: 3", "dog taken for dog: 2"], picture.Of("g", "right").Select(cell => cell.Element(Svg.Space + "title")!.Value).ToArray());
        Assert.AreEqual("cat taken for dog: 1", picture.Of("g", "wrong").Single().Element(Svg.Space + "title")!.Value);
    }

    [TestMethod]
    public void Accuracy_recall_and_precision_are_written_beside_it()
    {
        string[] words = Drawn.Read(SpikePictures.Confusion(s_matrix)).Words();
        Assert.AreEqual("5 of 6 right, 83.3 %; colours show a row's share", words[1]);
        CollectionAssert.AreEqual((string[])["75.0 %", "100.0 %", "100.0 %", "66.7 %"], words[^4..]);
    }

    [TestMethod]
    public void A_name_too_few_is_said()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Confusion(s_matrix, ["cat"]));
        Assert.StartsWith("There are 1 names of classes, but the confusion matrix has 2; give one for each, in its order.", error.Message);
    }

    private static ConfusionMatrix Matrix(params (uint Truth, uint Answer)[] rows)
    {
        var ml = new MLContext();
        IDataView scored = ml.Data.LoadFromEnumerable(rows.Select(row => new Scored { Label = row.Truth - 1, PredictedLabel = row.Answer - 1, Score = row.Answer == 1 ? [1, 0] : [0, 1] }));
        return ml.MulticlassClassification.Evaluate(scored).ConfusionMatrix;
    }

    private sealed class Scored
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [KeyType(2)]
        public uint PredictedLabel { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }
}
