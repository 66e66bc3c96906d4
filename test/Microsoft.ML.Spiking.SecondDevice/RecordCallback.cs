using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>at::RecordFunctionCallback, 40 bytes, which is passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RecordCallback
{
    public nint Start, End;
    public double Sampling;
    public fixed byte Scopes[10];
    public fixed byte Needs[3];
}
