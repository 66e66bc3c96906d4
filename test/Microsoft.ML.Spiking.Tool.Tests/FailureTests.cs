namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class FailureTests
{
    private static IEnumerable<object[]> Errors =>
    [
        [new OperationCanceledException(), ExitCode.Interrupted],
        [new InvalidDataException("damaged"), ExitCode.Data],
        [new FileNotFoundException("absent", "absent.csv"), ExitCode.Data],
        [new IOException("disk full"), ExitCode.Data],
        [new NotSupportedException("what?"), ExitCode.Unexpected],
    ];

    [TestMethod]
    [DynamicData(nameof(Errors))]
    public void Each_kind_of_error_has_its_exit_code(Exception error, object code) => Assert.AreEqual(code, Failure.Of(error).Code);

    [TestMethod]
    public void A_failure_is_found_under_what_MLNet_wraps_around_it()
    {
        Failure failure = Failure.Input("The image is no image.", "draw one.");

        Assert.AreSame(failure, Failure.Of(new InvalidOperationException("Splitter failed", new AggregateException(failure))));
    }

    [TestMethod]
    public void Where_libtorch_is_absent_the_way_out_is_the_tools_package_and_not_a_programs()
    {
        Failure failure = BackEnd.Refused(new InvalidOperationException($"libtorch cannot be loaded: not found.{Environment.NewLine}Reference TorchSharp-cpu."));

        StringAssert.StartsWith(failure.Hint, "install the tool's package", StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_first_line_of_the_librarys_refusal_is_the_message_and_the_rest_the_hint()
    {
        Failure failure = BackEnd.Refused(new InvalidOperationException($"libtorch cannot be loaded: GLIBCXX_3.4.32 is absent.{Environment.NewLine}Install GCC 13's."));

        Assert.AreEqual(ExitCode.BackEnd, failure.Code);
        Assert.AreEqual("libtorch cannot be loaded: GLIBCXX_3.4.32 is absent.", failure.Message);
        Assert.AreEqual("Install GCC 13's.", failure.Hint);
    }
}
