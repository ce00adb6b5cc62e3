namespace Tombola.EndToEnd;

/// <summary>A temporary folder with a small experiment and small data.</summary>
public sealed class Workshop : IDisposable
{
    private const int Side = 28;

    public Workshop()
    {
        Folder = Directory.CreateTempSubdirectory("tombola-e2e-").FullName;
        WriteData(System.IO.Path.Combine(Folder, "data"));
        File.WriteAllText(System.IO.Path.Combine(Folder, "small.yaml"), """
            name: small
            trials: 2
            levels: 2
            data:
              name: data
              validation: 100
            model:
              name: mlp
              hidden: [20, 10]
            training:
              steps: 60
              batch: 20
              evaluate-every: 20
            controls:
              - name: random-reinit
            """);
    }

    public string Folder { get; }

    public string Path(params string[] parts) => System.IO.Path.Combine([Folder, .. parts]);

    /// <summary>The folder of the only run in a store.</summary>
    public string RunFolder(string store = "tombola-runs") =>
        Directory.EnumerateDirectories(Path(store), "small-*").Single();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes four IDX files: bars whose place is the label.</summary>
    private static void WriteData(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "train", 600);
        Write(folder, "t10k", 200);
    }

    private static void Write(string folder, string part, int count)
    {
        using var images = File.Create(System.IO.Path.Combine(folder, $"{part}-images-idx3-ubyte"));
        using var labels = File.Create(System.IO.Path.Combine(folder, $"{part}-labels-idx1-ubyte"));
        images.Write([0, 0, 8, 3, 0, 0, (byte)(count >> 8), (byte)count, 0, 0, 0, Side, 0, 0, 0, Side]);
        labels.Write([0, 0, 8, 1, 0, 0, (byte)(count >> 8), (byte)count]);
        for (var i = 0; i < count; i++)
        {
            var label = i * 7 % 10;
            var image = new byte[Side * Side];
            for (var row = 0; row < Side; row++)
            {
                image[(row * Side) + (2 * label) + 3] = (byte)(150 + (row * i % 100));
                image[(row * Side) + (row * i % Side)] |= 90;
            }

            images.Write(image);
            labels.WriteByte((byte)label);
        }
    }
}
