namespace Microsoft.ML.Spiking.Tests.Events;

[TestClass]
public class EventOptionsTests
{
    private static readonly EventTableOptions s_table = new() { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 2, Units = 3 };
    private static readonly EventFolderOptions s_folder = new() { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 2 };

    public static IEnumerable<object[]> Impossible =>
    [
        [s_table with { BinWidth = TimeSpan.Zero }, "BinWidth is 00:00:00"],
        [s_table with { Steps = 0 }, "Steps is 0"],
        [s_table with { Units = -1 }, "Units is -1"],
        [s_table with { Units = int.MaxValue }, "2 steps of 2147483647 units are 4294967294 places"],
        [s_table with { TimeUnit = TimeSpan.FromSeconds(-1) }, "TimeUnit is"],
        [s_table with { Separator = '"' }, "Separator is a quote"],
        [s_table with { TimeColumnName = "" }, "A column's name is empty"],
        [s_table with { TimeColumnName = "UNIT" }, "called alike"],
        [s_table with { UnitColumnName = "label" }, "called alike"],
        [s_table with { Classes = [] }, "Classes lists none"],
        [s_table with { Classes = ["a", ""] }, "Classes lists one without a name"],
        [s_table with { Classes = ["a", "a"] }, "Classes lists a class twice"],
        [new EventHdf5Options { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 2, Units = 0 }, "Units is 0"],
        [s_folder with { Width = 257 }, "Width is 257"],
        [s_folder with { Height = 241 }, "Height is 241"],
    ];

    [TestMethod]
    [DynamicData(nameof(Impossible))]
    public void What_cannot_be_is_refused_before_a_file_is_opened(EventOptions options, string message)
    {
        DataOperationsCatalog data = new MLContext().Data;
        Func<IDataView> load = options is EventTableOptions table
            ? () => data.LoadFromEventTable("absent", table)
            : options is EventHdf5Options hdf5
                ? () => data.LoadFromEventHdf5("absent", hdf5)
                : () => data.LoadFromEventFolder("absent", (EventFolderOptions)options);
        var error = Assert.ThrowsExactly<ArgumentException>(load);

        Assert.IsTrue(Trouble.Options.Is(error));
        StringAssert.Contains(error.Message, message);
    }

    [TestMethod]
    public void A_camera_has_two_units_a_pixel() => Assert.AreEqual(2312, s_folder.UnitCount);
}
