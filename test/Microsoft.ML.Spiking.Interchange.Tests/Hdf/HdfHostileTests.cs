using System.Buffers.Binary;
using System.Diagnostics;

namespace Microsoft.ML.Spiking.Tests.Hdf;

/// <summary>What PureHDF loses, opens, hangs on or believes.</summary>
[TestClass]
public class HdfHostileTests
{
    [TestMethod]
    [DataRow("soft.h5", "'other' is a soft link")]
    [DataRow("soft-latest.h5", "'other' is a soft link")]
    [DataRow("external.h5", "'other' is a link into another file, which is never opened")]
    [DataRow("storage.h5", "/node/weight: its elements are in other files, which are never opened")]
    [DataRow("virtual.h5", "/node/weight: it is made of parts of other files, which are never opened")]
    [DataRow("circle.h5", "/node/nodes/again: the group is inside itself")]
    [DataRow("bush.h5", "its parts lie over one another")]
    [DataRow("extensible.h5", "libver='earliest'")]
    [DataRow("scaled.h5", "/weight: it is packed with scale-offset")]
    [DataRow("make.py", "it does not begin as HDF5 files do")]
    public void It_is_refused_in_words_that_name_the_file_and_the_place(string file, string sentence)
    {
        long began = Stopwatch.GetTimestamp(), allocated = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.ThrowsExactly<InvalidDataException>(() => HdfFixture.Read(file, All));
        Assert.IsLessThan(12_000_000, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.IsLessThan(1, Stopwatch.GetElapsedTime(began).TotalSeconds);
        StringAssert.Contains(error.Message, sentence);
        StringAssert.Contains(error.Message, $"'{HdfFixture.Path(file)}'");
        Assert.IsTrue(Trouble.Foreign.Is(error));
    }

    [TestMethod]
    public void A_size_that_lies_is_refused_before_there_is_room_for_it()
    {
        byte[] file = File.ReadAllBytes(HdfFixture.Path("eighteen.h5"));
        // The shape of "grid", 5 x 7, becomes 2^31 x 7.
        byte[] shape = [.. BitConverter.GetBytes(5L), .. BitConverter.GetBytes(7L)];
        int at = file.AsSpan().IndexOf(shape);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at), 1L << 31);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.ThrowsExactly<InvalidDataException>(() => HdfFile.Root(new MemoryStream(file)).Dataset("grid").Doubles());
        StringAssert.Contains(error.Message, "/grid: it says that it holds 120259084288 bytes, which cannot be in a file of");
        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [TestMethod]
    public void A_file_cut_short_anywhere_is_refused_or_has_lost_nothing()
    {
        byte[] file = File.ReadAllBytes(HdfFixture.Path("spikes16.h5"));
        for (int length = 0; length < file.Length; length += 7)
        {
            try
            {
                All(HdfFile.Root(new MemoryStream(file[..length])));
            }
            catch (InvalidDataException)
            {
            }
        }
        Assert.AreEqual(4, All(HdfFile.Root(new MemoryStream(file))));
    }

    /// <summary>Reads everything there is, and counts the datasets.</summary>
    private static int All(HdfGroup group)
    {
        int count = 0;
        foreach (string name in group.Names)
        {
            if (group.IsGroup(name))
            {
                count += All(group.Group(name));
                continue;
            }
            count++;
            HdfDataset dataset = group.Dataset(name);
            if (dataset.Type.Kind is HdfKind.Float or HdfKind.Integer) dataset.Doubles();
            else if (dataset.Type.Kind is HdfKind.Text or HdfKind.FixedText) dataset.Texts();
            else if (dataset.Type.Kind == HdfKind.Sequence) _ = dataset.Sequences()[0];
        }
        return count;
    }
}
