using System.Security.Cryptography;

namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class DrawnDigitsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestMethod]
    public void Digits_are_the_same_for_the_same_seed_however_many_threads_draw_them()
    {
        (byte[] pixels, byte[] labels) = DrawnDigits.Draw(300, seed: 5);
        (byte[] pixelsOfOneThread, byte[] labelsOfOneThread) = DrawnDigits.Draw(300, seed: 5, new() { MaxDegreeOfParallelism = 1 });

        CollectionAssert.AreEqual(labelsOfOneThread, labels);
        CollectionAssert.AreEqual(pixelsOfOneThread, pixels);
    }

    [TestMethod]
    public void Another_seed_gives_other_digits_in_another_order()
    {
        (byte[] pixels, byte[] labels) = DrawnDigits.Draw(300, seed: 5);
        (byte[] others, byte[] otherLabels) = DrawnDigits.Draw(300, seed: 6);

        CollectionAssert.AreNotEqual(labels, otherLabels);
        CollectionAssert.AreNotEqual(pixels, others);
    }

    [TestMethod]
    public void Each_digit_comes_equally_often_and_in_no_order()
    {
        (_, byte[] labels) = DrawnDigits.Draw(1_000, seed: 1);

        for (byte digit = 0; digit < 10; digit++)
            Assert.AreEqual(100, labels.Count(label => label == digit));
        // Chance alone makes about one neighbour in ten its equal.
        int equalNeighbours = labels.Zip(labels.Skip(1)).Count(pair => pair.First == pair.Second);
        Assert.IsInRange(60, 140, equalNeighbours);
    }

    [TestMethod]
    public void Paper_is_nearly_0_and_ink_nearly_255()
    {
        (byte[] pixels, _) = DrawnDigits.Draw(100, seed: 1);

        foreach (byte[] digit in pixels.Chunk(DrawnDigits.Size * DrawnDigits.Size))
        {
            Assert.IsLessThanOrEqualTo(8, (int)digit[0]);
            Assert.IsGreaterThan(180, (int)digit.Max());
            Assert.IsInRange(25, 300, digit.Count(pixel => pixel > 127));
        }
    }

    [TestMethod]
    public async Task The_four_files_are_IDX_and_are_drawn_once()
    {
        DigitFiles digits = await DrawnDigits.WriteToAsync(folder.Path);

        CollectionAssert.AreEqual(Bytes("00000803 00002EE0 0000001C 0000001C"), Head(digits.TrainImages, 16));
        CollectionAssert.AreEqual(Bytes("00000801 00002EE0"), Head(digits.TrainLabels, 8));
        CollectionAssert.AreEqual(Bytes("00000803 000007D0 0000001C 0000001C"), Head(digits.TestImages, 16));
        CollectionAssert.AreEqual(Bytes("00000801 000007D0"), Head(digits.TestLabels, 8));
        Assert.AreEqual(8 + 2_000, new FileInfo(digits.TestLabels).Length);
        Assert.HasCount(4, folder.Names);

        DateTime then = File.GetLastWriteTimeUtc(digits.TrainImages);
        await DrawnDigits.WriteToAsync(folder.Path);
        Assert.AreEqual(then, File.GetLastWriteTimeUtc(digits.TrainImages));
    }

    [TestMethod]
    public async Task What_the_files_hold_is_what_was_drawn()
    {
        DigitFiles digits = await DrawnDigits.WriteToAsync(folder.Path);

        (byte[] pixels, byte[] labels) = DrawnDigits.Draw(DrawnDigits.TestCount, seed: 2);
        CollectionAssert.AreEqual(pixels, File.ReadAllBytes(digits.TestImages)[16..]);
        CollectionAssert.AreEqual(labels, File.ReadAllBytes(digits.TestLabels)[8..]);
    }

    [TestMethod]
    public async Task A_half_written_file_is_drawn_again()
    {
        DigitFiles digits = await DrawnDigits.WriteToAsync(folder.Path);
        byte[] hash = SHA256.HashData(File.ReadAllBytes(digits.TestImages));
        File.WriteAllBytes(digits.TestImages, [0, 0, 8]);

        await DrawnDigits.WriteToAsync(folder.Path);

        CollectionAssert.AreEqual(hash, SHA256.HashData(File.ReadAllBytes(digits.TestImages)));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Head(string path, int count) => File.ReadAllBytes(path)[..count];
}
