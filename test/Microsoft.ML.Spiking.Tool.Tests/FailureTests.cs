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
        [Trouble.Onnx.NotSupported("no such format"), ExitCode.Data],
        [Trouble.Onnx.Argument("no such graph"), ExitCode.Data],
        [Trouble.Foreign.NotSupported("no such network"), ExitCode.Data],
        [Trouble.Fit.Argument("no such rows"), ExitCode.Data],
        [Trouble.Options.Argument("no such option"), ExitCode.Usage],
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
    public void A_GPU_that_is_not_there_is_the_machines_fault()
    {
        Failure failure = Failure.Of(Trouble.Gpu.InvalidOperation("CUDA GPU 0 was asked for."));

        Assert.AreEqual(ExitCode.BackEnd, failure.Code);
        StringAssert.StartsWith(failure.Hint, "train with --device cpu", StringComparison.Ordinal);
    }
}
