using System.Diagnostics;
using System.Text;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>Damaged files that the tool reads: rows, or one sentence and the exit code of bad data, within a second.</summary>
/// <remarks>Not of .idv files: ML.NET's own reader of them sometimes waits for ever for a thread of its own that has failed.</remarks>
[TestClass]
public sealed class DamagedDataTests : IDisposable
{
    private const int Seed = 1;

    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(1), s_endless = TimeSpan.FromSeconds(30);

    private static readonly string[] s_tokens = ["\"", "\n", "\r\n", ",", ";", "\t", "1e999", "-", "NaN", "\0", "\uFEFF", "sep=;\n", new string('9', 400), "\"\"\"", "é", "'", "=1+1"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("rows.csv", ',', 1000)]
    [DataRow("rows.tsv", '\t', 1000)]
    public void Tables(string name, char separator, int mutants)
    {
        byte[] sound = Encoding.UTF8.GetBytes(File.ReadAllText(Toy.WriteCsv(_folder["sound.csv"], [.. Enumerable.Range(0, 12).Select(row => Toy.Classes[row % 2])])).Replace(',', separator));
        Survives(name, mutants, random => Mutant(sound, random, s_tokens), path => ReadAll(Open(path)));
    }

    [TestMethod]
    [DataRow(SKEncodedImageFormat.Png, "a.png")]
    [DataRow(SKEncodedImageFormat.Jpeg, "a.jpg")]
    [DataRow(SKEncodedImageFormat.Webp, "a.webp")]
    public void Images_of_a_folder(SKEncodedImageFormat format, string name)
    {
        byte[] sound = File.ReadAllBytes(Toy.Draw(_folder["sound"], 1, side: 16, format));
        Survives(name, mutants: 700, random => Mutant(sound, random, []), path => ImageFile.Read(path, Toy.Size, ImageTone.DarkOnLight));
    }

    private void Survives(string name, int mutants, Func<Random, byte[]> mutant, Action<string> read)
    {
        int refused = 0;
        for (int i = 0; i < mutants; i++)
        {
            string which = $"seed {Seed}, mutant {i} of {name}";
            File.WriteAllBytes(_folder[name], mutant(new Random(Seed * 1_000_003 + i)));
            Exception? thrown = null;
            long start = Stopwatch.GetTimestamp();
            var reader = new Thread(() =>
            {
                try
                {
                    read(_folder[name]);
                }
                catch (Exception error)
                {
                    thrown = error;
                }
            }) { IsBackground = true };
            reader.Start();
            Assert.IsTrue(reader.Join(s_endless), $"{which} never ends.");
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took > s_most) Assert.Fail($"{which} took {took.TotalSeconds:F1} s.");
            if (thrown is null) continue;
            refused++;
            Assert.AreEqual(ExitCode.Data, Failure.Of(thrown).Code, $"{which}: {thrown}");
        }
        Assert.IsGreaterThan(0, refused, "No mutant was refused: they are no damage.");
    }

    private static Tool.Samples Open(string path)
        => DataSource.OpenLabelled(new MLContext(seed: 1), new DataRequest([path], IdxSet.Train, null, null, ImageTone.LightOnDark), InputNeeds.None, new Remarks(_ => { }, _ => { }));

    private static void ReadAll(Tool.Samples samples)
    {
        DataViewSchema.Column features = samples.View.Schema[Tool.Samples.Features], label = samples.View.Schema[Tool.Samples.Label];
        using DataViewRowCursor cursor = samples.View.GetRowCursor([features, label]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
        VBuffer<float> row = default;
        uint key = 0;
        while (cursor.MoveNext())
        {
            getFeatures(ref row);
            getLabel(ref key);
        }
    }

    /// <summary>Some bytes changed, cut out, repeated or put in.</summary>
    private static byte[] Mutant(byte[] sound, Random random, string[] tokens)
    {
        List<byte> bytes = [.. sound];
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, tokens.Length == 0 ? [0xFF, 0xFF, 0xFF, 0x7F] : Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)])); break;
            }
            if (bytes.Count == 0) bytes.Add((byte)random.Next(256));
        }
        return [.. bytes];
    }
}
