namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>Finds digits to train on: the user's own, else MNIST, else some that this program draws.</summary>
internal static class DigitSource
{
    private const string Variable = "SPIKING_DATA";

    /// <param name="folder">The folder that --data names, or null.</param>
    /// <param name="tell">Hears of what takes a while.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    public static async Task<DigitFiles> FindAsync(
        string? folder,
        Action<string>? tell = null,
        Func<string, string?>? environment = null,
        MnistDownload? download = null,
        CancellationToken cancel = default)
    {
        tell ??= _ => { };
        environment ??= Environment.GetEnvironmentVariable;
        download ??= new MnistDownload();

        if (folder is not null)
            return DigitFolder.Open(folder, "--data");

        if (environment(Variable) is { Length: > 0 } named)
            return DigitFolder.Open(named, Variable);

        var cache = DigitCache.Of(environment);
        if (await download.FindEarlierAsync(cache.Mnist, cancel) is { } earlier)
            return earlier;

        tell("Downloading MNIST (11 MB, once) …");
        (DigitFiles? downloaded, string failure) = await download.FetchAsync(cache.Mnist, cancel);
        if (downloaded is not null)
            return downloaded;

        tell("Drawing digits …");
        DigitFiles drawn = await DrawAsync(cache);
        return drawn with
        {
            Description = $"No MNIST files here and none from the network ({failure}): this run trains on digits drawn by this program; "
                + "give --data DIR for the real ones.",
        };
    }

    private static async Task<DigitFiles> DrawAsync(DigitCache cache)
    {
        try
        {
            return await DrawnDigits.WriteToAsync(cache.Drawn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await DrawnDigits.WriteToAsync(DigitCache.Temporary.Drawn);
        }
    }
}
