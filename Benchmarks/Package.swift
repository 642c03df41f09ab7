// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "tieout", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
  ],
  targets: [
    .executableTarget(name: "generate", swiftSettings: settings),
    .systemLibrary(name: "CXlsxWriterAlone", pkgConfig: "xlsxwriter"),
    .target(
      name: "Kernels",
      dependencies: ["CXlsxWriterAlone"]
        + ["Billing", "Exporting", "Importing", "Ledger", "Measures", "Reporting"].map {
          .product(name: $0, package: "tieout")
        },
      swiftSettings: settings),
    .executableTarget(name: "kernel", dependencies: ["Kernels"], swiftSettings: settings),
    .executableTarget(
      name: "Stages",
      dependencies: ["Kernels", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Stages",
      swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
