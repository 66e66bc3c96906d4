using System.Text;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Aedat;

/// <summary>LZ4's frames against those that another program packs.</summary>
[TestClass]
public class Lz4FrameTests
{
    private static readonly LZ4EncoderSettings[] s_settings =
    [
        new(),
        new() { ContentChecksum = true, BlockChecksum = true },
        new() { ChainBlocks = false, BlockSize = 1 << 16 },
        new() { CompressionLevel = LZ4Level.L12_MAX, BlockSize = 1 << 18, ContentChecksum = true },
    ];

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(15)]
    [DataRow(16)]
    [DataRow(70_000)]
    [DataRow(1_000_003)]
    public void What_another_program_packs_is_unpacked(int bytes)
    {
        var random = new Random(bytes);
        byte[] noise = new byte[bytes];
        random.NextBytes(noise);
        byte[] events = [.. Enumerable.Range(0, bytes).Select(i => i % 16 < 6 ? (byte)(i / 16 * 7 >> i % 4) : (byte)(i % 16 == 8 ? random.Next(3) : 0))];

        foreach (byte[] content in (byte[][])[noise, events, new byte[bytes]])
            foreach (LZ4EncoderSettings settings in s_settings)
                CollectionAssert.AreEqual(content, Unpack(AedatPackings.Lz4(content, settings)), settings.ToString());
    }

    [TestMethod]
    public void A_frame_by_hand_repeats_what_it_is_still_writing()
    {
        // "ab", then 9 from 2 back; then "!" alone.
        byte[] frame = Frame(flags: 0x60, Block(0x25, (byte)'a', (byte)'b', 2, 0, 0x10, (byte)'!'));

        Assert.AreEqual("abababababa!", Encoding.ASCII.GetString(Unpack(frame)));
    }

    [TestMethod]
    [DataRow("", 0, "does not begin as one")]
    [DataRow("0422", 0, "is cut short")]
    public void What_is_no_frame_is_refused(string start, int more, string message)
        => Refuses([.. Convert.FromHexString(start), .. new byte[more]], start.Length == 0 ? "is cut short" : message);

    [TestMethod]
    public void What_is_wrong_with_a_frame_is_said()
    {
        byte[] sound = AedatPackings.Lz4([.. "events, events, events"u8], new LZ4EncoderSettings { ContentChecksum = true, BlockChecksum = true });
        Refuses([0x02, .. sound[1..]], "does not begin as one");
        Refuses(sound[..^1], "is cut short");
        Refuses([.. sound, 0], "has 1 bytes behind its end");
        Refuses(Change(sound, 6), "has other bytes than its checksum says");        // the head's
        Refuses(Change(sound, 12), "has other bytes than its checksum says");       // the block's
        Refuses(Change(sound, sound.Length - 1), "has other bytes than its checksum says");
        Refuses(Frame(0xA0, Block(0x10, 1)), "is of another version");
        Refuses(Frame(0x61, Block(0x10, 1)), "needs a dictionary");
        Refuses(Frame(0x60, Block(0x10, 1), sizes: 0x30), "has blocks of no size");
        Refuses(Frame(0x60, Block(0x14, 1, 2, 0)), "repeats what is not there");    // 2 back of 1
        Refuses(Frame(0x60, Block(0x14, 1, 0, 0)), "repeats what is not there");    // 0 back
        Refuses(Frame(0x60, Block(0x50, 1)), "has more letters than there are");
        Refuses(Frame(0x60, [0xFF, 0xFF, 0xFF, 0x7F]), "has a block larger than it may be");
    }

    [TestMethod]
    public void Blocks_that_say_they_stand_alone_repeat_nothing_of_another()
    {
        byte[] blocks = [.. Block(0x20, 1, 2), .. Block(0x10, 3, 2, 0, 0x10, 4)];   // 2 back of the second's first letter

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 2, 3, 2, 3, 4 }, Unpack(Frame(0x40, blocks)));
        Refuses(Frame(0x60, blocks), "repeats what is not there");
    }

    [TestMethod]
    public void A_bomb_is_refused_before_it_takes_the_memory()
    {
        // 255 bytes for each: 300 MB of one zero.
        byte[] bomb = AedatPackings.Lz4(new byte[300_000_000]);
        long before = GC.GetTotalAllocatedBytes();

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Lz4Frame.Unpack(bomb, new UnpackedBytes(1 << 20))).Message, "unpacks to 1048576 bytes or more");

        Assert.IsLessThan(5_000_000, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    [DataRow("", 0x02CC5D05u)]
    [DataRow("a", 0x550D7456u)]
    [DataRow("abc", 0x32D153FFu)]
    [DataRow("Nobody inspects the spammish repetition", 0xE2293B2Fu)]
    public void Checksums_are_those_that_others_publish(string text, uint hash) => Assert.AreEqual(hash, XxHash32.Of(Encoding.ASCII.GetBytes(text)));

    private static byte[] Unpack(byte[] frame)
    {
        var bytes = new UnpackedBytes(AedatPackets.MostBytes);
        Lz4Frame.Unpack(frame, bytes);
        return bytes.Bytes.ToArray();
    }

    private static void Refuses(byte[] frame, string message) => StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Unpack(frame)).Message, message);

    private static byte[] Change(byte[] frame, int at) => [.. frame[..at], (byte)(frame[at] ^ 1), .. frame[(at + 1)..]];

    private static byte[] Block(params byte[] content) => [(byte)content.Length, 0, 0, 0, .. content];

    private static byte[] Frame(int flags, byte[] blocks, int sizes = 0x40)
    {
        byte[] head = [(byte)flags, (byte)sizes];
        return [0x04, 0x22, 0x4D, 0x18, .. head, (byte)(XxHash32.Of(head) >> 8), .. blocks, 0, 0, 0, 0];
    }
}
