using System.Diagnostics;
using Lethe.Reporting.Html;
using Microsoft.Playwright;

namespace Lethe.Reporting.Tests;

/// <summary>One browser for the tests of this file; absent where no Chromium is installed.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;

    internal IBrowser? Browser { get; private set; }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("lethe-report-").FullName;

    public async ValueTask InitializeAsync()
    {
        string? executable = Candidates.FirstOrDefault(File.Exists);
        if (executable is null)
            return;
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        foreach (string name in (string[])["full", "full release", "bare", "claim"])
            await File.WriteAllTextAsync(PathOf(name), Pages.Html(name));
    }

    internal string PathOf(string name) => Path.Combine(Folder, name.Replace(' ', '-') + ".html");

    internal IBrowser Require()
    {
        if (Browser is null)
            Assert.Skip("No Chromium at " + string.Join(", ", Candidates) + ".");
        return Browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}

public sealed class BrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("full", 1280)]
    [InlineData("full", 640)]
    [InlineData("full", 375)]
    [InlineData("full release", 1280)]
    [InlineData("full release", 375)]
    [InlineData("bare", 375)]
    [InlineData("claim", 375)]
    public async Task ThePageOpensQuietlyAndFitsItsWindow(string name, int width)
    {
        // 640 is a window of 1280 at 200 % zoom.
        IBrowser browser = fixture.Require();
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        IPage page = await context.NewPageAsync();
        List<string> messages = [], requests = [];
        page.Console += (_, m) => messages.Add(m.Text);
        page.PageError += (_, e) => messages.Add(e);
        page.Request += (_, r) => requests.Add(r.Url);
        await page.GotoAsync(new Uri(fixture.PathOf(name)).AbsoluteUri);
        foreach (ILocator summary in await page.Locator("figure summary").AllAsync())
            await summary.EvaluateAsync("s => s.parentElement.open = true");

        Assert.Empty(messages);
        Assert.All(requests, r => Assert.True(r.StartsWith("data:", StringComparison.Ordinal) || r == new Uri(fixture.PathOf(name)).AbsoluteUri, r));
        int overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, overflow);
        string[] cut = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('h1,h2,h3,p,li,dd,dt,figcaption')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && e.clientWidth > 0).map(e => e.textContent.slice(0, 40))");
        Assert.Empty(cut);
    }

    [Fact]
    public async Task LightAndDarkDifferInGroundAndInk()
    {
        IBrowser browser = fixture.Require();
        async Task<string[]> Colours(ColorScheme scheme)
        {
            await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme });
            IPage page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(fixture.PathOf("full")).AbsoluteUri);
            return await page.EvaluateAsync<string[]>("() => { const s = getComputedStyle(document.body), b = getComputedStyle(document.querySelector('svg .area.real')); return [s.backgroundColor, s.color, b.fill]; }");
        }

        string[] light = await Colours(ColorScheme.Light), dark = await Colours(ColorScheme.Dark);
        Assert.Equal("rgb(252, 251, 248)", light[0]);
        Assert.Equal("rgb(17, 22, 28)", dark[0]);
        for (int i = 0; i < 3; i++)
            Assert.NotEqual(light[i], dark[i]);
    }

    [Fact]
    public async Task PrintIsLightPagedAndNamesTheEditionOnEveryPage()
    {
        IBrowser browser = fixture.Require();
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(fixture.PathOf("full release")).AbsoluteUri);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('nav')).display"));

        string pdf = Path.Combine(fixture.Folder, "release.pdf");
        await page.PdfAsync(new PagePdfOptions { Path = pdf, PreferCSSPageSize = true });
        Assert.True(new FileInfo(pdf).Length > 50_000);
        if (!File.Exists("/usr/bin/pdftotext"))
            Assert.Skip("The text of the printed pages is not checked: no pdftotext is installed.");
        using Process reader = Process.Start(new ProcessStartInfo("/usr/bin/pdftotext", [pdf, "-"]) { RedirectStandardOutput = true })!;
        string[] pages = (await reader.StandardOutput.ReadToEndAsync()).TrimEnd('\f').Split('\f');
        Assert.InRange(pages.Length, 15, 60);
        Assert.All(pages, p => Assert.Contains("Release edition", p, StringComparison.Ordinal));
        Assert.Contains("Decision page", pages[1], StringComparison.Ordinal);
        // Each of the thirteen sections begins a page.
        Assert.True(pages.Count(p => p.Contains("RELEASE EDITION", StringComparison.Ordinal)) >= 13);
    }

    [Fact]
    public async Task TheFirstStepOfTheKeyboardIsTheSkipLink()
    {
        IBrowser browser = fixture.Require();
        await using IBrowserContext context = await browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(fixture.PathOf("full")).AbsoluteUri);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await page.EvaluateAsync<string>("() => document.activeElement.className"));
        Assert.True(await page.EvaluateAsync<double>("() => document.activeElement.getBoundingClientRect().top") >= 0);
        await page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#decision", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("full release")]
    public async Task NoTextOfADrawingIsCutOrCoversAnother(string name)
    {
        IBrowser browser = fixture.Require();
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(fixture.PathOf(name)).AbsoluteUri);
        string[] wrong = await page.EvaluateAsync<string[]>(
            """
            () => {
              const wrong = [];
              for (const svg of document.querySelectorAll('svg')) {
                const frame = svg.getBoundingClientRect();
                const texts = [...svg.querySelectorAll('text')].map(t => ({ t, box: t.getBoundingClientRect() }));
                for (const { t, box } of texts)
                  if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
                    wrong.push('cut: ' + t.textContent + ' in ' + svg.querySelector('title').textContent);
                const level = texts.filter(x => !x.t.hasAttribute('transform'));
                for (let i = 0; i < level.length; i++)
                  for (let j = i + 1; j < level.length; j++) {
                    const a = level[i].box, b = level[j].box;
                    const w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                    if (w > 2 && h > 0.4 * Math.min(a.height, b.height))
                      wrong.push('overlap: ' + level[i].t.textContent + ' and ' + level[j].t.textContent + ' in ' + svg.querySelector('title').textContent);
                  }
              }
              return wrong;
            }
            """);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task ContentsStayInSightOnWideWindows()
    {
        IBrowser browser = fixture.Require();
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 900 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(fixture.PathOf("full")).AbsoluteUri);
        await page.EvaluateAsync("() => document.getElementById('glossary').scrollIntoView({ behavior: 'instant' })");
        LocatorBoundingBoxResult box = (await page.Locator("nav .contents-title").BoundingBoxAsync())!;
        Assert.InRange(box.Y, 0, 200);
    }

    [Fact]
    public async Task TextInDrawingsStaysLegibleOnATelephone()
    {
        IBrowser browser = fixture.Require();
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 375, Height = 800 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(fixture.PathOf("full")).AbsoluteUri);
        // Height of one line of text as drawn, in CSS pixels; labels of crowded heat maps are told apart by class.
        double smallest = await page.EvaluateAsync<double>(
            "() => Math.min(...[...document.querySelectorAll('svg text:not(.tiny):not([transform])')].map(t => t.getBoundingClientRect().height).filter(h => h > 0))");
        Assert.True(smallest >= 8, $"the smallest text is {smallest:0.0} px high");
    }
}
