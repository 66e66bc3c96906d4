using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>A headless Chromium, with a profile of its own and without the network's chatter.</summary>
internal static class Browser
{
    private static readonly string[] s_quiet =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1",
    ];

    /// <summary>Where the browser is; null where it is nowhere.</summary>
    public static string? Chromium { get; } = Find("chromium", "chromium-browser", "google-chrome");

    /// <summary>Where its driver is; null where it is nowhere.</summary>
    public static string? Driver { get; } = Find("chromedriver");

    /// <summary>Opens a window of a size.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static ChromeDriver Open(int width = 1280, int height = 900)
    {
        var options = new ChromeOptions { BinaryLocation = Chromium };
        options.AddArguments(s_quiet);
        options.AddArgument($"--window-size={width},{height}");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        ChromeDriverService service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Driver), Path.GetFileName(Driver));
        service.SuppressInitialDiagnosticInformation = true;
        return new ChromeDriver(service, options, TimeSpan.FromMinutes(2));
    }

    private static string? Find(params string[] names) => (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        from name in names
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path).FirstOrDefault();
}
