using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>From a process's start to its end, with one prediction from model.zip between: an application that was compiled ahead (ReadyToRun).</summary>
internal static class ColdStart
{
    private const int Runs = 15;

    public static void Run()
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cold-start");
        try
        {
            string image = Path.Combine(folder.FullName, "image");
            File.WriteAllBytes(image, [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. Digits.Pixels(ml.Data.TakeRows(Digits.Test(ml), 1)).Select(pixel => (byte)Math.Round(pixel * 255))]);
            string small = Save(ml, folder, "default", BriefTraining.Of(ml, new SpikingNetworkOptions()));
            string large = Save(ml, folder, "reference", BriefTraining.Of(ml, SpikingNetworkOptions.Reference));
            string linear = Save(ml, folder, "linear", BriefTraining.Linear(ml));
            string jitted = ConsumerApplication.Publish(folder, "jitted", ahead: "false"), ahead = ConsumerApplication.Publish(folder, "ahead", ahead: "true");

            Console.WriteLine("The whole process, files warm. Medians:");
            Print("default network, not compiled ahead", jitted, small, image);
            Print("ML.NET's SdcaMaximumEntropy, compiled ahead", ahead, linear, image);
            Print("reference network, compiled ahead", ahead, large, image);
            double median = Print("default network, compiled ahead", ahead, small, image);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cold-start: {median / 1000:F3} s"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Save(MLContext ml, DirectoryInfo folder, string name, ITransformer model)
    {
        string file = Path.Combine(folder.FullName, name + ".zip");
        ml.Model.Save(model, Digits.Test(ml).Schema, file);
        return file;
    }

    private static double Print(string what, string application, string model, string image)
        => Timing.Print($"{what} ({new FileInfo(model).Length / 1e6:F1} MB)", Runs, () => FreshProcess.Run(application, [model, image]));
}
