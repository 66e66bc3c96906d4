using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Web;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class DigitCheckTests
{
    private static readonly DigitFrame s_frame = new(28, 28);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [RequiresMnist]
    public void Hardly_a_digit_is_refused_and_most_of_what_is_none_is()
    {
        float[][] digits = [.. Microsoft.ML.Spiking.Tests.Mnist.Test(new MLContext()).GetColumn<float[]>("Features").Take(2_000)];
        double raw = Refused("digits as they are", digits), framed = Refused("digits, framed as drawings are", [.. digits.Select(digit => s_frame.Fit(new GreyImage(28, 28, digit)))]);
        Assert.IsLessThan(0.02, raw);
        Assert.IsLessThan(0.02, framed);

        var random = new Random(5);
        double[] scribbles = [.. Scribbles.Kinds.Select(kind => Refused(kind.Kind, [.. Enumerable.Range(0, 200).Select(_ => s_frame.Fit(kind.Draw(random)))]))];
        Assert.IsGreaterThan(0.5, scribbles.Average());
    }

    [TestMethod]
    public void Empty_paper_and_paper_full_of_ink_are_no_digits()
    {
        Assert.IsFalse(TestModel.Served.Predict(new float[784], Detail.Counts).Recognised);
        Assert.IsFalse(TestModel.Served.Predict([.. Enumerable.Repeat(1f, 784)], Detail.Counts).Recognised);
    }

    [TestMethod]
    public void Unseen_digits_are_recognised() => Assert.IsLessThan(0.05, Refused("digits drawn by a program", [.. TestModel.Digits.Select(digit => s_frame.Fit(new GreyImage(28, 28, digit)))]));

    private double Refused(string what, float[][] pictures)
    {
        double share = (double)pictures.Count(picture => !TestModel.Served.Predict(picture, Detail.Counts).Recognised) / pictures.Length;
        TestContext.WriteLine(FormattableString.Invariant($"{what}: {share:P1} of {pictures.Length} refused"));
        return share;
    }
}
