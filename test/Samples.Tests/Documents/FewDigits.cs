using Microsoft.ML.Spiking.Samples.Mnist;

namespace Microsoft.ML.Spiking.Samples.Tests.Documents;

/// <summary>A folder with four files that are named as MNIST's and hold few digits, drawn ones: programs of the documents run in it, in seconds and anywhere.</summary>
internal static class FewDigits
{
    public static void WriteTo(string folder)
    {
        Write(folder, MnistFile.TrainImages, MnistFile.TrainLabels, count: 2000, seed: 1);
        Write(folder, MnistFile.TestImages, MnistFile.TestLabels, count: 500, seed: 2);
    }

    /// <summary>The files twice, plain and packed: documents name either.</summary>
    private static void Write(string folder, MnistFile images, MnistFile labels, int count, int seed)
    {
        var ml = new MLContext();
        IDataView digits = DrawnDigits.View(ml, count, seed);
        ml.Data.SaveAsIdx(digits, Path.Combine(folder, images.Name), Path.Combine(folder, labels.Name));
        ml.Data.SaveAsIdx(digits, Path.Combine(folder, images.PackedName), Path.Combine(folder, labels.PackedName));
    }
}
