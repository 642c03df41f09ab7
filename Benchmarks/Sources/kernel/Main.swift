import Kernels

/// `kernel INPUT` names the kernels; `kernel INPUT NAME ROUNDS` runs one, and prints how many units a
/// round has and of what: for callgrind, which counts the instructions of a whole process.
@main
enum Main {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let input = arguments.first else {
      print("usage: kernel INPUT [NAME ROUNDS]")
      return
    }
    let kernels = Kernel.all(input: input)
    guard arguments.count == 3, let rounds = arguments.last.flatMap({ Int($0) }),
      let kernel = kernels.first(where: { $0.name == arguments.dropFirst().first })
    else {
      for kernel in kernels { print(kernel.name) }
      return
    }
    let (units, round) = try kernel.prepare()
    for _ in 0..<rounds { try round() }
    print("\(units) \(kernel.unit)")
  }
}
