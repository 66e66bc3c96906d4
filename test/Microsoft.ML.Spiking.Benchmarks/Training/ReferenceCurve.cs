using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Test accuracy of the published network epoch by epoch, of a schedule of so many epochs.</summary>
/// <param name="Epochs">Epochs of the schedule.</param>
/// <param name="TestAccuracy">Fraction of the test images classified rightly after each.</param>
internal sealed record ReferenceCurve(int Epochs, double[] TestAccuracy)
{
    private const int TestAccuracyColumn = 3;

    /// <summary>Whether the training came to its end.</summary>
    public bool IsWhole => TestAccuracy.Length == Epochs;

    /// <summary>Reads what <see cref="ReferenceRun"/> wrote; the file's name says the schedule.</summary>
    public static ReferenceCurve Read(FileInfo file)
    {
        _ = int.TryParse(Path.GetFileNameWithoutExtension(file.Name).Split('-')[1], CultureInfo.InvariantCulture, out int epochs);
        double[] accuracy = [.. File.ReadLines(file.FullName).Skip(1).Select(line => double.Parse(line.Split(',')[TestAccuracyColumn], CultureInfo.InvariantCulture))];
        return new ReferenceCurve(epochs, accuracy);
    }
}
