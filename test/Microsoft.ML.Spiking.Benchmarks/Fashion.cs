namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Fashion-MNIST (Xiao, Rasul and Vollgraf 2017), from the folder that SPIKING_FASHION names, or from where Debian's dataset-fashion-mnist puts it.</summary>
internal static class Fashion
{
    private static readonly IdxFolder s_folder = new("SPIKING_FASHION", "Fashion-MNIST", "/usr/share/datasets/fashion-mnist");

    public static IDataView Training(MLContext ml) => s_folder.Training(ml);

    public static IDataView Test(MLContext ml) => s_folder.Test(ml);
}
