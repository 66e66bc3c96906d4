using System.Buffers.Binary;
using System.Reflection;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>NIR files: of ours, and in the form in which h5py writes them, older and newer. Those that load are simulated.</summary>
internal sealed class NirTarget : IFuzzTarget
{
    private const double TimeStep = 1e-4;

    // Where sizes and addresses turn.
    private static readonly long[] s_numbers = [0, 1, 2, 7, 8, 24, 255, 256, 65535, 65536, int.MaxValue, uint.MaxValue, 1L << 40, long.MaxValue, -1, -8];

    // What begins the parts of a file.
    private static readonly byte[][] s_marks =
        [.. ((string[])["OHDR", "TREE", "SNOD", "HEAP", "GCOL", "OCHK", "FRHP", "FHDB", "FHIB", "BTHD", "BTLF", "BTIN", "FAHD", "FADB"]).Select(System.Text.Encoding.ASCII.GetBytes)];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spiking-fuzz-nir-").FullName, "graph.nir");

    public string Name => "nir";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. MakeSeeds()];

    public byte[] Mutate(byte[] file, RandomStream random)
    {
        byte[] mutant = [.. file];
        for (int change = 1 + random.Below(3); change > 0; change--)
        {
            int at = Place(mutant, random);
            switch (random.Below(4))
            {
                case 0:
                    Write(mutant, at, s_numbers[random.Below(s_numbers.Length)], bytes: 1 << random.Below(4));
                    break;
                case 1:   // an address of another part, perhaps of one that it is in
                    Write(mutant, at & ~7, Place(mutant, random) & ~7, bytes: 8);
                    break;
                case 2:   // a part in the place of another
                    int from = Place(mutant, random), length = Math.Min(random.Below(64), mutant.Length - Math.Max(from, at));
                    mutant.AsSpan(from, length).ToArray().CopyTo(mutant, at);
                    break;
                default:
                    mutant[at] ^= (byte)(1 << random.Below(8));
                    break;
            }
        }
        return mutant;
    }

    public void Open(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        NirGraph graph = NirFile.Read(_path);
        NirSimulation simulation;
        try
        {
            simulation = new NirSimulation(graph, TimeStep);
        }
        catch (ArgumentException error) when (Ground.Trouble.Options.Is(error))
        {
            return;   // a time constant that a mutant has made shorter than the step
        }
        simulation.Run(new float[2 * simulation.Inputs], steps: 2);
    }

    public bool IsRefusal(Exception error) => error is InvalidDataException && Ground.Trouble.Foreign.Is(error);

    /// <summary>A place near the beginning of a part, or anywhere.</summary>
    private static int Place(byte[] file, RandomStream random)
    {
        byte[] mark = s_marks[random.Below(s_marks.Length)];
        int begin = random.Below(file.Length), found = file.AsSpan(begin).IndexOf(mark);
        return found < 0 || random.Below(4) == 0 ? begin : Math.Min(file.Length - 1, begin + found + random.Below(96));
    }

    private static void Write(byte[] file, int at, long number, int bytes)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, number);
        eight[..Math.Min(bytes, file.Length - at)].CopyTo(file.AsSpan(at));
    }

    private static IEnumerable<byte[]> MakeSeeds()
    {
        NirTensor time = NirTensor.Repeat(2 * TimeStep, 2), ones = NirTensor.Repeat(1, 2);
        NirGraph graph = NirGraph.Of(new Dictionary<string, NirNode>
        {
            ["a_input"] = new NirInput([3]),
            ["b_weights"] = new NirAffine(NirTensor.Matrix(2, 1, 2, 3, 4, 5, 6), ones),
            ["c_cells"] = new NirCubaLif(time, time, ones, ones, ones, ones, ones),
            ["d_output"] = new NirOutput([2]),
        }, new("a_input", "b_weights"), new("b_weights", "c_cells"), new("c_cells", "d_output"));
        string path = Path.GetTempFileName();
        NirFile.Write(path, graph);
        yield return File.ReadAllBytes(path);
        File.Delete(path);
        foreach (string name in typeof(NirTarget).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".nir", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            byte[] bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            yield return bytes;
        }
    }
}
