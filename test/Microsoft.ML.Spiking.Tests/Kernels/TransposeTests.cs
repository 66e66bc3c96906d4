namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class TransposeTests
{
    [TestMethod]
    public unsafe void Rows_become_columns_and_what_lies_beside_them_stays()
    {
        const int FromStride = 10, ToStride = 12;
        var from = new short[8 * FromStride];
        for (int i = 0; i < from.Length; i++) from[i] = (short)i;
        var to = new short[8 * ToStride];
        Array.Fill(to, (short)-1);

        fixed (short* f = from, t = to) Transpose.Run(f, FromStride, t, ToStride);

        for (int row = 0; row < 8; row++)
            for (int column = 0; column < ToStride; column++) Assert.AreEqual(column < 8 ? column * FromStride + row : -1, to[row * ToStride + column]);
    }
}
