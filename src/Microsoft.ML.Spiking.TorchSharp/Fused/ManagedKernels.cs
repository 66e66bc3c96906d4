namespace Microsoft.ML.Spiking.Fused;

/// <summary>The kernels in managed code, on tensors in the CPU's memory: what a GPU's must give, to the bit.</summary>
internal unsafe class ManagedKernels : FusedKernels
{
    public override void Dispose() => GC.SuppressFinalize(this);

    protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
    {
        int Whole(int i) => (int)arguments[i].Bits;
        Action<int> computed = kernel switch
        {
            Neurons => lane => Run(lane, Numbers(arguments[0]), Numbers(arguments[1]), Numbers(arguments[2]), Whole(3), Whole(4), Whole(5)),
            NeuronsBack => lane => Back(lane, Numbers(arguments[0]), Numbers(arguments[1]), Numbers(arguments[2]), Whole(3), Whole(4), Whole(5), Whole(6),
                Number(arguments[7]), Number(arguments[8])),
            Spikes => lane => Draw(lane, Numbers(arguments[0]), Numbers(arguments[1]), Whole(2), Whole(3), (ulong)arguments[4].Bits),
            _ => throw new ArgumentException($"there is no kernel '{kernel}'."),
        };
        Parallel.For(0, lanes, computed);
    }

    private static float* Numbers(KernelArgument argument) => (float*)argument.Bits;

    private static float Number(KernelArgument argument) => BitConverter.Int32BitsToSingle((int)argument.Bits);

    private static void Run(int lane, float* currents, float* spikes, float* constants, int steps, int lanes, int neurons)
    {
        float* own = constants + lane % neurons;
        float synapse = 0, membrane = 0, threshold = own[2 * neurons];
        long at = lane;
        for (int step = 0; step < steps; step++, at += lanes)
        {
            synapse = KernelEquations.Decayed(synapse, own[0], currents[at]);
            float reached = KernelEquations.Decayed(membrane, own[neurons], synapse);
            currents[at] = reached;
            spikes[at] = KernelEquations.Spike(reached, threshold);
            membrane = KernelEquations.Reset(reached, threshold, own[3 * neurons]);
        }
    }

    private static void Back(
        int lane, float* gradient, float* membranes, float* constants, int steps, int lanes, int neurons, int shape, float height, float scale)
    {
        float* own = constants + lane % neurons;
        float ofMembrane = 0, ofSynapse = 0, threshold = own[2 * neurons];
        long at = (long)steps * lanes + lane;
        for (int step = 0; step < steps; step++)
        {
            at -= lanes;
            float reached = membranes[at], derivative = KernelEquations.Derivative(reached - threshold, shape, height, scale);
            ofMembrane = KernelEquations.OfMembrane(gradient[at], derivative, reached, threshold, own[neurons], ofMembrane);
            ofSynapse = KernelEquations.Decayed(ofSynapse, own[0], ofMembrane);
            gradient[at] = ofSynapse;
        }
    }

    private static void Draw(int lane, float* limits, float* spikes, int steps, int lanes, ulong key)
    {
        for (int step = 0; step < steps; step++)
        {
            long at = (long)step * lanes + lane;
            spikes[at] = KernelEquations.Spike(KernelEquations.Drawn(key, (ulong)at), limits[lane]);
        }
    }
}
