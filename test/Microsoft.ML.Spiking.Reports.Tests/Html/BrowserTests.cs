using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>Tests that look at a report as a reader does.</summary>
public abstract class BrowserTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report");

    /// <summary>The file that was written last.</summary>
    protected string Report => Path.Combine(_folder.FullName, "report.html");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Nothing went wrong in the page that only the console tells of.</summary>
    protected static void AssertQuiet(ChromeDriver browser)
        => Assert.AreEqual("", string.Join('\n', browser.Manage().Logs.GetLog(LogType.Browser).Select(entry => entry.Message)));

    protected ChromeDriver Open(ITransformer model, IDataView data, int width = 1280)
    {
        SpikingReport.Save(Report, model, data);
        ChromeDriver browser = Browser.Open(width);
        browser.Navigate().GoToUrl(new Uri(Report).AbsoluteUri);
        return browser;
    }
}
