namespace Microsoft.ML.Spiking.Tests.Models;

[TestClass]
public sealed class RateShiftTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Rows_of_another_tone_are_warned_of_and_rows_like_those_of_training_are_not()
    {
        string alike = Write("alike.csv", value => value), glaring = Write("glaring.csv", _ => 1);

        Assert.IsFalse(Answer.To("evaluate", "-m", Toy.Model, "-d", alike).Errors.Contains("times as often", StringComparison.Ordinal));
        foreach (string command in (string[])["evaluate", "predict"])
            StringAssert.Contains(Answer.To(command, "-m", Toy.Model, "--data", glaring).Errors, "times as often on these rows as on those that it was trained on: they seem to be of another kind.", StringComparison.Ordinal);
    }

    private string Write(string name, Func<float, float> pixel)
    {
        string path = Toy.WriteCsv(_folder[name], [.. Enumerable.Range(0, 24).Select(row => Toy.Classes[row % 2])]);
        string[] lines = File.ReadAllLines(path);
        for (int row = 1; row < lines.Length; row++) lines[row] = $"{Toy.Classes[(row - 1) % 2]},{string.Join(',', Toy.Pixels((row - 1) % 2, 1).Select(pixel))}";
        File.WriteAllLines(path, lines);
        return path;
    }
}
