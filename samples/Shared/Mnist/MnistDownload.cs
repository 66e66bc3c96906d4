namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>Fetches MNIST from the first mirror that has it, within a time limit.</summary>
internal sealed class MnistDownload(HttpMessageHandler network, TimeSpan limit, IReadOnlyList<MnistFile> files)
{
    private static readonly Uri[] Mirrors =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
    ];

    public MnistDownload()
        : this(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }, TimeSpan.FromSeconds(60), MnistFile.All)
    {
    }

    /// <summary>What an earlier download left in the folder, or null where a file is missing or is not what was published.</summary>
    public async Task<DigitFiles?> FindEarlierAsync(string folder, CancellationToken cancel)
    {
        foreach (MnistFile file in files)
        {
            if (!await IsHereAsync(folder, file, cancel))
                return null;
        }

        return FilesIn(folder, $"The digits are MNIST's, downloaded earlier into {folder}.");
    }

    /// <summary>The digits, or null and the reasons why there are none.</summary>
    public async Task<(DigitFiles? Digits, string Failure)> FetchAsync(string folder, CancellationToken cancel)
    {
        // One clock for everything: the client's own would start anew with each file.
        using var http = new HttpClient(network, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(limit);

        List<string> failures = [];
        foreach (Uri mirror in Mirrors)
        {
            try
            {
                Directory.CreateDirectory(folder);
                foreach (MnistFile file in files)
                    await FetchAsync(http, mirror, file, folder, clock.Token);
                return (FilesIn(folder, $"The digits are MNIST's, downloaded from {mirror.Host} into {folder}."), "");
            }
            catch (OperationCanceledException) when (clock.IsCancellationRequested)
            {
                cancel.ThrowIfCancellationRequested();
                failures.Add($"{mirror.Host}: not done within {limit.TotalSeconds} s");
                break;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException
                                        or UnauthorizedAccessException or InvalidDataException)
            {
                failures.Add($"{mirror.Host}: {e.Message.TrimEnd('.')}");
            }
        }

        return (null, string.Join("; ", failures));
    }

    private static async Task FetchAsync(HttpClient http, Uri mirror, MnistFile file, string folder, CancellationToken cancel)
    {
        // What an earlier, interrupted download brought need not come again.
        if (await IsHereAsync(folder, file, cancel))
            return;

        await WholeFile.WriteAsync(PathOf(folder, file), async temporary =>
        {
            using HttpResponseMessage response = await http.GetAsync(
                new Uri(mirror, file.PackedName), HttpCompletionOption.ResponseHeadersRead, cancel);
            response.EnsureSuccessStatusCode();
            await using (Stream writer = File.Create(temporary))
                await response.Content.CopyToAsync(writer, cancel);

            if (!await file.IsGenuineAsync(temporary, cancel))
                throw new InvalidDataException($"what it serves as {file.PackedName} is not MNIST's (its SHA-256 differs)");
        });
    }

    private static async Task<bool> IsHereAsync(string folder, MnistFile file, CancellationToken cancel)
        => File.Exists(PathOf(folder, file)) && await file.IsGenuineAsync(PathOf(folder, file), cancel);

    private static string PathOf(string folder, MnistFile file) => Path.Combine(folder, file.PackedName);

    private DigitFiles FilesIn(string folder, string description)
        => new(PathOf(folder, files[0]), PathOf(folder, files[1]), PathOf(folder, files[2]), PathOf(folder, files[3]), description);
}
