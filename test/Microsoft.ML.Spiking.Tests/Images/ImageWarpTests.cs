namespace Microsoft.ML.Spiking.Tests.Images;

/// <summary>Looks at an image are those that a plain calculation in doubles gives, pixel by pixel.</summary>
[TestClass]
public class ImageWarpTests
{
    private static readonly ImageAugmentation s_all = new()
    {
        MaximumShift = 3, MaximumRotation = 40, MaximumScaling = 0.3, MaximumShear = 0.4, Elastic = new ElasticDistortion { Sigma = 2, Alpha = 12 },
    };

    /// <summary>Of an angle that no image shows: all goes the way of an interpolation, and nothing changes.</summary>
    private static readonly ImageAugmentation s_nothing = new() { MaximumShift = 0, MaximumRotation = double.Epsilon };

    private readonly CounterRandom _random = CounterRandom.FromSeed(1);

    [TestMethod]
    [DataRow(1, 28, 28, 1)]
    [DataRow(1, 5, 33, 1)]
    [DataRow(3, 9, 16, 1)]
    [DataRow(1, 7, 17, 3)]
    [DataRow(1, 1, 1, 1)]
    public void A_look_is_what_a_plain_calculation_gives(int planes, int height, int width, int unit)
    {
        var image = new ImageShape(planes, height, width, unit);
        foreach (ImageAugmentation rule in (ImageAugmentation[])[s_all, s_all with { Elastic = null }, new() { MaximumShift = 0, Elastic = new() }])
        {
            var augmenter = new ImageAugmenter(rule, image);
            for (int sample = 0; sample < 20; sample++)
            {
                float[] pixels = Noise(image.Features, sample), look = [.. pixels];
                CounterRandom own = _random.For((ulong)sample);

                augmenter.Change(look, own);

                double[] expected = Plain(rule, image, pixels, own);
                for (int i = 0; i < look.Length; i++) Assert.AreEqual(expected[i], look[i], 2e-4, $"sample {sample}, feature {i}");
            }
        }
    }

    [TestMethod]
    public void Where_nothing_changes_the_image_is_shown_to_the_bit()
    {
        var image = new ImageShape(1, 28, 28, 1);
        float[] pixels = Noise(784, 1), look = [.. pixels];

        new ImageAugmenter(s_nothing, image).Change(look, _random);

        CollectionAssert.AreEqual(pixels, look);
    }

    [TestMethod]
    public void A_shift_on_the_way_of_an_interpolation_is_the_shift_of_whole_pixels()
    {
        var image = new ImageShape(3, 6, 19, 1);
        ImageAugmenter whole = new(new ImageAugmentation { MaximumShift = 7 }, image), between = new(s_nothing with { MaximumShift = 7 }, image);
        for (int sample = 0; sample < 50; sample++)
        {
            float[] pixels = Noise(image.Features, sample), look = [.. pixels];

            whole.Change(pixels, _random.For((ulong)sample));
            between.Change(look, _random.For((ulong)sample));

            CollectionAssert.AreEqual(pixels, look, $"sample {sample}");
        }
    }

    [TestMethod]
    public void A_look_depends_on_no_other_on_any_number_of_threads()
    {
        var image = new ImageShape(1, 28, 28, 1);
        var augmenter = new ImageAugmenter(s_all, image);
        float[] pixels = Noise(784, 1);
        float[] Look(int sample)
        {
            float[] look = [.. pixels];
            augmenter.Change(look, _random.For((ulong)sample));
            return look;
        }
        var together = new float[64][];

        Parallel.For(0, together.Length, sample => together[sample] = Look(sample));

        for (int sample = together.Length; sample-- > 0;) CollectionAssert.AreEqual(Look(sample), together[sample], $"sample {sample}");
        CollectionAssert.AreNotEqual(together[0], together[1]);
    }

    [TestMethod]
    public void The_default_field_moves_a_pixel_by_about_as_much_as_its_comment_says()
    {
        // On a slope, what is seen tells from where.
        const int side = 64, samples = 200;
        var image = new ImageShape(1, side, side, 1);
        var elastic = new ElasticDistortion();
        var augmenter = new ImageAugmenter(new ImageAugmentation { MaximumShift = 0, Elastic = elastic }, image);
        double squares = 0, sum = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            float[] slope = [.. Enumerable.Range(0, side * side).Select(i => (float)(i % side))];
            augmenter.Change(slope, _random.For((ulong)sample));
            double moved = slope[side / 2 * side + side / 2] - side / 2;
            sum += moved;
            squares += moved * moved;
        }

        double expected = elastic.Alpha / (6 * elastic.Sigma);
        Assert.AreEqual(expected, Math.Sqrt(squares / samples), 0.15 * expected);   // the standard error is 5 %
        Assert.AreEqual(0, sum / samples, 4 * expected / Math.Sqrt(samples));
    }

    [TestMethod]
    public void A_quarter_turn_clockwise_has_the_left_on_top()
    {
        // x counts to the right, y down: the pixel on top shows what was on the left.
        AffineMap map = AffineMap.Back(Math.PI / 2, height: 1, width: 1, shear: 0, down: 0, right: 0);

        Assert.AreEqual((-1, 0), Of(map, 0, -1));
        Assert.AreEqual((0, -1), Of(map, 1, 0));
    }

    [TestMethod]
    public void Stretched_sheared_and_moved_places_are_as_by_hand()
    {
        Assert.AreEqual((2, 0), Of(AffineMap.Back(0, height: 1, width: 2, shear: 0, 0, 0), 4, 0), "of twice the width");
        Assert.AreEqual((0, 2), Of(AffineMap.Back(0, height: 2, width: 1, shear: 0, 0, 0), 0, 4), "of twice the height");
        Assert.AreEqual((3, 2), Of(AffineMap.Back(0, 1, 1, shear: 0.5, 0, 0), 4, 2), "two rows down, half a pixel to the right for each");
        Assert.AreEqual((3, -2), Of(AffineMap.Back(0, 1, 1, 0, down: 2, right: -3), 0, 0), "moved down and to the left");
    }

    private static (double X, double Y) Of(AffineMap map, float x, float y)
        => (Math.Round(map.XByX * x + map.XByY * y + map.X, 5) + 0.0, Math.Round(map.YByX * x + map.YByY * y + map.Y, 5) + 0.0);

    private static float[] Noise(int count, int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(100 + seed);
        return [.. Enumerable.Range(0, count).Select(i => (float)random.Uniform((ulong)i))];
    }

    /// <summary>Finds for every pixel of a look the place that the steps of a look, one after the other, take there, and interpolates.</summary>
    private static double[] Plain(ImageAugmentation rule, ImageShape image, float[] pixels, CounterRandom sample)
    {
        int height = image.Height, width = image.Width;
        var (down, right) = rule.Draw(sample);
        var drawn = new RandomStream(sample.For(3));
        double Between() => 2 * drawn.Uniform() - 1;
        double angle = Between() * rule.MaximumRotation * Math.PI / 180, tall = Math.Pow(1 + rule.MaximumScaling, Between()), wide = Math.Pow(1 + rule.MaximumScaling, Between()), shear = Between() * rule.MaximumShear;
        double[,] movedRight = new double[height, width], movedDown = new double[height, width];
        if (rule.Elastic is { } elastic)
        {
            CounterRandom field = sample.For(4);
            double Height(int at) => Math.Exp(-at * at / (2 * elastic.Sigma * elastic.Sigma));
            int radius = (int)Math.Ceiling(3 * elastic.Sigma);
            double all = Math.Pow(Enumerable.Range(-radius, 2 * radius + 1).Sum(Height), 2);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    for (int v = Math.Max(0, y - radius); v <= Math.Min(height - 1, y + radius); v++)
                        for (int u = Math.Max(0, x - radius); u <= Math.Min(width - 1, x + radius); u++)
                        {
                            ulong bits = field.Bits((ulong)(v * width + u));
                            double weight = elastic.Alpha * Height(v - y) * Height(u - x) / all;
                            movedRight[y, x] += weight * ((bits >> 40) / (double)(1 << 23) - 1);
                            movedDown[y, x] += weight * ((bits >> 16 & 0xFFFFFF) / (double)(1 << 23) - 1);
                        }
        }
        var look = new double[pixels.Length];
        for (int i = 0; i < look.Length; i++)
        {
            int plane = i / (height * width * image.Unit), unit = i % image.Unit;
            var (row, column) = image.Pixel(i);
            // Back from where it is shown: unmoved, unturned, unsheared, unstretched.
            double x = column - (width - 1) / 2.0 - right, y = row - (height - 1) / 2.0 - down;
            (x, y) = (x * Math.Cos(angle) + y * Math.Sin(angle), y * Math.Cos(angle) - x * Math.Sin(angle));
            x -= shear * y;
            x = x / wide + (width - 1) / 2.0 + movedRight[row, column];
            y = y / tall + (height - 1) / 2.0 + movedDown[row, column];
            for (int v = (int)Math.Floor(y); v <= (int)Math.Floor(y) + 1; v++)
                for (int u = (int)Math.Floor(x); u <= (int)Math.Floor(x) + 1; u++)
                    if (v >= 0 && v < height && u >= 0 && u < width)
                        look[i] += (1 - Math.Abs(x - u)) * (1 - Math.Abs(y - v)) * pixels[((plane * height + v) * width + u) * image.Unit + unit];
        }
        return look;
    }
}
