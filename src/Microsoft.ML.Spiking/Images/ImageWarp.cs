using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Images;

/// <summary>The part of an <see cref="ImageAugmentation"/> that shows pixels between those of the image: the affine map and the elastic field.</summary>
/// <remarks>Lanes are pixels, each worked out by itself in one order: how wide the processor's vectors are changes no bit.</remarks>
internal sealed class ImageWarp
{
    private const int Lanes = 16, ElasticSource = 4;
    private const float Unit = 1f / (1 << 23);

    private static readonly Vector512<float> s_lanes = Vector512<float>.Indices;

    private readonly ImageAugmentation _rule;
    private readonly ImageShape _image;
    private readonly float[] _blur, _scaledBlur;
    private readonly int _pitch, _blurPitch, _framePitch;
    private readonly ConcurrentBag<Scratch> _scratch = [];

    public ImageWarp(ImageAugmentation rule, ImageShape image)
    {
        (_rule, _image) = (rule, image);
        _blur = rule.Elastic?.Kernel() ?? [];
        float alpha = (float)(rule.Elastic?.Alpha ?? 0);
        _scaledBlur = Array.ConvertAll(_blur, height => height * alpha);
        _pitch = (image.Width + Lanes - 1) / Lanes * Lanes;
        _blurPitch = _pitch + _blur.Length;
        _framePitch = image.Width + 3;
    }

    /// <summary>Shows an image as one sample sees it, in place.</summary>
    /// <param name="pixels">The row's numbers.</param>
    /// <param name="sample">The sample's own source of noise.</param>
    public void Run(Span<float> pixels, CounterRandom sample)
    {
        if (!_scratch.TryTake(out Scratch? scratch)) scratch = new Scratch(this);
        if (_rule.Elastic is not null)
        {
            Draw(scratch, sample.For(ElasticSource));
            Blur(scratch.Right, scratch.Blurred);
            Blur(scratch.Down, scratch.Blurred);
        }
        Place(scratch, _rule.Map(sample));
        int plane = _image.Height * _image.Width * _image.Unit;
        for (int at = 0; at < pixels.Length; at += plane)
            for (int unit = 0; unit < _image.Unit; unit++) Read(scratch, pixels.Slice(at, plane), unit);
        _scratch.Add(scratch);
    }

    /// <summary>Both fields, uniform in [-1, 1), 24 bits each of one draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(Scratch scratch, CounterRandom random)
    {
        for (int y = 0; y < _image.Height; y++)
        {
            Span<float> right = scratch.Right.AsSpan(y * _pitch, _image.Width), down = scratch.Down.AsSpan(y * _pitch, _image.Width);
            ulong first = (ulong)(y * _image.Width);
            for (int x = 0; x < right.Length; x++)
            {
                ulong bits = random.Bits(first + (uint)x);
                right[x] = (int)(bits >> 40) * Unit - 1;
                down[x] = (int)(bits >> 16 & 0xFFFFFF) * Unit - 1;
            }
            // What was beyond the image is of the field before.
            scratch.Right.AsSpan(y * _pitch + _image.Width, _pitch - _image.Width).Clear();
            scratch.Down.AsSpan(y * _pitch + _image.Width, _pitch - _image.Width).Clear();
        }
    }

    /// <summary>Blurs a field down, then across, and multiplies it by alpha.</summary>
    /// <param name="field">[row, pitch], 0 beyond the image's width; changed.</param>
    /// <param name="blurred">[row, radius · pitch · radius], 0 but for its middle.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Blur(float[] field, float[] blurred)
    {
        int radius = _blur.Length / 2;
        ref float source = ref MemoryMarshal.GetArrayDataReference(field), middle = ref MemoryMarshal.GetArrayDataReference(blurred);
        for (int y = 0; y < _image.Height; y++)
        {
            ReadOnlySpan<float> heights = _blur.AsSpan(Math.Max(0, radius - y)..Math.Min(_blur.Length, radius - y + _image.Height));
            nuint from = (nuint)(Math.Max(0, y - radius) * _pitch), to = (nuint)(y * _blurPitch + radius);
            for (int x = 0; x < _pitch; x += Lanes)
            {
                Vector512<float> sum = default;
                nuint at = from + (nuint)x;
                foreach (float height in heights)
                {
                    sum += Vector512.LoadUnsafe(ref source, at) * height;
                    at += (nuint)_pitch;
                }
                sum.StoreUnsafe(ref middle, to + (nuint)x);
            }
        }
        for (int y = 0; y < _image.Height; y++)
        {
            for (int x = 0; x < _pitch; x += Lanes)
            {
                Vector512<float> sum = default;
                nuint at = (nuint)(y * _blurPitch + x);
                foreach (float height in _scaledBlur) sum += Vector512.LoadUnsafe(ref middle, at++) * height;
                sum.StoreUnsafe(ref source, (nuint)(y * _pitch + x));
            }
        }
    }

    /// <summary>Where each pixel of the look takes its number from: a place in the frame, and how far beyond it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(Scratch scratch, AffineMap map)
    {
        ref float right = ref MemoryMarshal.GetArrayDataReference(scratch.Right), down = ref MemoryMarshal.GetArrayDataReference(scratch.Down);
        ref int place = ref MemoryMarshal.GetArrayDataReference(scratch.Place);
        float middleX = (_image.Width - 1) / 2f, middleY = (_image.Height - 1) / 2f;
        Vector512<float> least = Vector512.Create(-1f), mostX = Vector512.Create((float)_image.Width), mostY = Vector512.Create((float)_image.Height);
        for (int y = 0; y < _image.Height; y++)
        {
            float fromX = map.XByY * (y - middleY) + map.X + middleX, fromY = map.YByY * (y - middleY) + map.Y + middleY;
            for (int x = 0; x < _pitch; x += Lanes)
            {
                nuint at = (nuint)(y * _pitch + x);
                Vector512<float> own = s_lanes + Vector512.Create(x - middleX);
                Vector512<float> imageX = own * map.XByX + Vector512.Create(fromX), imageY = own * map.YByX + Vector512.Create(fromY);
                if (_blur.Length > 0)
                {
                    imageX += Vector512.LoadUnsafe(ref right, at);
                    imageY += Vector512.LoadUnsafe(ref down, at);
                }
                imageX = Vector512.Min(Vector512.Max(imageX, least), mostX);
                imageY = Vector512.Min(Vector512.Max(imageY, least), mostY);
                Vector512<float> wholeX = Vector512.Floor(imageX), wholeY = Vector512.Floor(imageY);
                (imageX - wholeX).StoreUnsafe(ref right, at);
                (imageY - wholeY).StoreUnsafe(ref down, at);
                ((Vector512.ConvertToInt32(wholeY) + Vector512<int>.One) * _framePitch + Vector512.ConvertToInt32(wholeX) + Vector512<int>.One)
                    .StoreUnsafe(ref place, at);
            }
        }
    }

    /// <summary>Reads one channel off at all places.</summary>
    /// <param name="scratch">Where and how far beyond.</param>
    /// <param name="plane">[row, column, unit].</param>
    /// <param name="unit">Which of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(Scratch scratch, Span<float> plane, int unit)
    {
        int step = _image.Unit, row = _image.Width * step;
        float[] frame = scratch.Frame;
        for (int y = 0; y < _image.Height; y++)
        {
            Span<float> inFrame = frame.AsSpan((y + 1) * _framePitch + 1, _image.Width);
            ReadOnlySpan<float> own = plane.Slice(y * row, row);
            if (step == 1) own.CopyTo(inFrame);
            else
                for (int x = 0; x < inFrame.Length; x++) inFrame[x] = own[x * step + unit];
        }
        ref float first = ref MemoryMarshal.GetArrayDataReference(frame);
        for (int y = 0; y < _image.Height; y++)
        {
            Span<float> shown = plane.Slice(y * row, row);
            ReadOnlySpan<int> places = scratch.Place.AsSpan(y * _pitch, _image.Width);
            ReadOnlySpan<float> right = scratch.Right.AsSpan(y * _pitch, _image.Width), down = scratch.Down.AsSpan(y * _pitch, _image.Width);
            for (int x = 0; x < places.Length; x++)
            {
                ref float at = ref Unsafe.Add(ref first, places[x]);
                float beyondX = right[x], beyondY = down[x];
                float above = at * (1 - beyondX) + Unsafe.Add(ref at, 1) * beyondX;
                float below = Unsafe.Add(ref at, _framePitch) * (1 - beyondX) + Unsafe.Add(ref at, _framePitch + 1) * beyondX;
                shown[x * step + unit] = above * (1 - beyondY) + below * beyondY;
            }
        }
    }

    /// <summary>Room for one image at a time.</summary>
    private sealed class Scratch(ImageWarp warp)
    {
        /// <summary>[row, pitch]: how far each pixel is moved, then how far its place is beyond a whole one.</summary>
        public float[] Right { get; } = new float[warp._image.Height * warp._pitch];

        /// <inheritdoc cref="Right"/>
        public float[] Down { get; } = new float[warp._image.Height * warp._pitch];

        public float[] Blurred { get; } = new float[warp._image.Height * warp._blurPitch];

        /// <summary>[row, pitch]: the place above and left of it in the frame.</summary>
        public int[] Place { get; } = new int[warp._image.Height * warp._pitch];

        /// <summary>A channel, in a frame of zeros: a row above and two below, a column before and two after.</summary>
        public float[] Frame { get; } = new float[(warp._image.Height + 3) * warp._framePitch];
    }
}
