namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>The folder in which one user's digits are kept from one run to the next.</summary>
internal sealed record DigitCache(string Folder)
{
    private const string OwnFolder = "microsoft-ml-spiking";

    /// <summary>For when the user's own folder cannot be written.</summary>
    public static DigitCache Temporary { get; } = new(Path.Combine(Path.GetTempPath(), OwnFolder));

    public string Mnist => Path.Combine(Folder, "mnist");

    public string Drawn => Path.Combine(Folder, $"drawn-digits-{DrawnDigits.Edition}");

    public static DigitCache Of(Func<string, string?> environment)
    {
        // The XDG rules say that a relative path is to be ignored.
        if (environment("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg))
            return new DigitCache(Path.Combine(xdg, OwnFolder));

        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return local.Length > 0 ? new DigitCache(Path.Combine(local, OwnFolder)) : Temporary;
    }
}
