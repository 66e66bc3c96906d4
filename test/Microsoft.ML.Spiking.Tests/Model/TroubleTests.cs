using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Model;

[TestClass]
public partial class TroubleTests
{
    [TestMethod]
    public void Every_code_has_its_section_in_the_troubleshooting_page_and_every_section_its_code()
    {
        string[] codes = [.. typeof(Trouble).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(p => ((Trouble)p.GetValue(null)!).Code).Append("SPK0001").Order()];
        string[] sections = [.. Section().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value).Order()];
        CollectionAssert.AreEqual(codes, sections);
        CollectionAssert.AllItemsAreUnique(codes);
    }

    [TestMethod]
    public void A_message_ends_with_its_code()
        => Assert.AreEqual("BatchSize is 0, but it must be greater than 0. [SPK1001]", Trouble.Options.Says("BatchSize is 0, but it must be greater than 0."));

    private static string Page([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/troubleshooting.md");

    [GeneratedRegex(@"^## (SPK\d{4}):", RegexOptions.Multiline)]
    private static partial Regex Section();
}
